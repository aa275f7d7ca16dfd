package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.AcquiredGridDetector;
import org.loupe.image.EncodedMatrix;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiReader;

/**
 * Real T2: the longitudinal patients' scanner filled k-space with zeros along the array's columns
 * (their README: energy up to 0.72 of Nyquist, and 0.96 along the rows). Skipped where the patients
 * are missing.
 */
class AcquiredGridOfPatientsTest {

  private static final Path DATA =
      Path.of(System.getProperty("loupe.home", "..")).resolve("../shared/data/mri").normalize();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "long_patient01_study1",
        "long_patient01_study2",
        "long_patient03_study1",
        "long_patient03_study2",
        "long_patient04_study1"
      })
  void findsWhatTheScannerFilledWithZeros(String patient) throws IOException {
    Volume t2 = read(patient);
    AcquiredGrid grid = AcquiredGridDetector.detect(t2, EncodedMatrix.UNKNOWN);
    assertEquals(0.74, grid.columnShare(), 0.03, grid::toString);
    assertEquals(t2.rows(), grid.rows(), grid::toString);
    // What the protocol makes of it at x1.5 and more has no empty band.
    for (double scale : new double[] {1.3, 1.5, 2, 3, 4}) {
      AcquiredGrid low = AcquiredGridDetector.detect(degrade(t2, scale), EncodedMatrix.UNKNOWN);
      assertTrue(low.isStored(), "x" + scale + ": " + low);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "mni_patient26")
  void findsNothingInResampledData(String patient) throws IOException {
    Volume t2 = read(patient);
    for (double scale : new double[] {1, 1.1, 1.5, 2, 2.7}) {
      AcquiredGrid grid = AcquiredGridDetector.detect(degrade(t2, scale), EncodedMatrix.UNKNOWN);
      assertTrue(grid.isStored(), "x" + scale + ": " + grid);
    }
  }

  private static Volume read(String patient) throws IOException {
    Path file = DATA.resolve(patient).resolve("T2.nii.gz");
    assumeTrue(Files.isRegularFile(file), "no patient at " + file);
    return NiftiReader.read(file).toVolume();
  }

  private static Volume degrade(Volume volume, double scale) {
    int columns = KSpace.lowSize(volume.columns(), scale);
    int rows = KSpace.lowSize(volume.rows(), scale);
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    for (int k = 0; k < volume.depth(); k++) {
      planes.add(volume.plane(k).resampled(scale, scale, columns, rows));
      slices.add(KSpace.degrade(volume.slice(k), columns, rows));
    }
    return new Volume(planes, slices);
  }
}
