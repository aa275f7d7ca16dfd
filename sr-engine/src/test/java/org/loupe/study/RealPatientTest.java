package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Contrast;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.sr.SliceInput;

/**
 * A real patient's NIfTI, and the same converted to DICOM by nibabel and pydicom
 * (src/test/tools/nifti_to_dicom.py), must open as the same series. Skipped where the patient, or
 * python3 with both libraries, is missing.
 */
class RealPatientTest {

  private static final Path HOME = Path.of(System.getProperty("loupe.home", ".."));
  private static final String PYTHON = "/usr/bin/python3";

  private static final int FIRST = 16;
  private static final int LAST = 25;

  @TempDir Path folder;

  @Test
  void opensTheSameFromDicomAsFromNifti() throws Exception {
    Path patient = HOME.resolve("../shared/data/mri/long_patient04_study1").normalize();
    assumeTrue(Files.isDirectory(patient), "no patient at " + patient);
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
    assumeTrue(run("-c", "import nibabel, pydicom") == 0, "python3 lacks nibabel or pydicom");
    Path script = HOME.resolve("sr-engine/src/test/tools/nifti_to_dicom.py").normalize();
    int status =
        run(
            script.toString(),
            folder.resolve("dicom").toString(),
            "" + FIRST,
            "" + LAST,
            "T2=" + patient.resolve("T2.nii.gz") + ":90:3000:deflated",
            "T1=" + patient.resolve("T1.nii.gz") + ":10:500:implicit",
            "FLAIR=" + patient.resolve("FLAIR.nii.gz") + ":120:9000:big");
    assertEquals(0, status);
    StudyLoader loader = new StudyLoader();
    List<Series> nifti = loader.load(List.of(patient), Progress.NONE).allSeries();
    Loaded converted = loader.load(List.of(folder.resolve("dicom")), Progress.NONE);
    assertTrue(converted.problems().isEmpty(), converted.problems().toString());
    List<Series> dicom = converted.allSeries();
    assertEquals(3, dicom.size());
    assertEquals(List.of("T2", "T1", "FLAIR"), nifti.stream().map(Series::description).toList());
    assertEquals(Contrast.T2, dicom.get(0).contrast());
    assertEquals(Contrast.T1, dicom.get(1).contrast());
    for (int n = 0; n < 3; n++) {
      assertSame(nifti.get(n), dicom.get(n));
    }
    SliceInput a = Pairing.pair(nifti.get(0), 20, nifti.get(1), false, null).input();
    SliceInput b = Pairing.pair(dicom.get(0), 20 - FIRST, dicom.get(1), false, null).input();
    assertArrayEquals(a.target().values(), b.target().values());
    assertArrayEquals(a.previous().values(), b.previous().values());
    // T1 has T2's grid, so the reference is T1's own pixels.
    assertArrayEquals(nifti.get(1).volume().slice(20).values(), a.reference().image().values());
    assertArrayEquals(a.reference().image().values(), b.reference().image().values());
  }

  private static void assertSame(Series nifti, Series dicom) {
    assertEquals(LAST - FIRST + 1, dicom.volume().depth());
    assertTrue(dicom.notes().isEmpty(), dicom.notes().toString());
    for (int k = FIRST; k <= LAST; k++) {
      assertArrayEquals(nifti.volume().slice(k).values(), dicom.volume().slice(k - FIRST).values());
      SlicePlane p = nifti.volume().plane(k);
      SlicePlane q = dicom.volume().plane(k - FIRST);
      Vec3 far = p.toPatient(p.columns() - 1, p.rows() - 1);
      assertTrue(p.origin().minus(q.origin()).length() < 1e-6);
      assertTrue(far.minus(q.toPatient(p.columns() - 1, p.rows() - 1)).length() < 1e-3);
    }
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("python.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int status = process.waitFor();
    if (status != 0) {
      System.err.println(Files.readString(log, StandardCharsets.UTF_8));
    }
    return status;
  }
}
