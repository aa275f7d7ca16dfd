package org.loupe.sr.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.MrSeries;
import org.loupe.dicom.MrSeriesWriter;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Uids;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;
import picocli.CommandLine;

class CasesCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A linear function of the patient's position is the same on every grid. */
  @Test
  void contrastsComeOnTheGridOfTheT2AndPatientsAreNumbered() throws IOException {
    write("a1", "Test^Ada", "t2_tse", 95, 4000, 1, 10, "frame");
    write("a1", "Test^Ada", "t1_mpr", 3, 500, 0.5, 24, "frame");
    write("a2", "Test^Ada", "t2_tse", 95, 4000, 1, 10, "frame");
    write("b", "Test^Bob", "t2_tse", 95, 4000, 1, 10, "frame");
    write("b", "Test^Bob", "t1_mpr", 3, 500, 0.5, 24, "other frame");
    Path cases = folder.resolve("cases");
    assertEquals(0, run(folder.resolve("dicom"), "--out", cases), err::toString);
    assertTrue(out.toString().contains(": T2 10 x 10 x 3, [T1]"), out::toString);
    assertTrue(out.toString().contains("left out, no T1, PD or FLAIR"), out::toString);
    assertFalse(out.toString().contains("Ada") || out.toString().contains("Bob"), out::toString);
    List<Path> written;
    try (var entries = Files.list(cases)) {
      written = entries.toList();
    }
    assertEquals(1, written.size(), written::toString);
    assertTrue(
        written.get(0).getFileName().toString().matches("patient00[12]_study[12]"),
        written::toString);
    NiftiImage t2 = NiftiReader.read(written.get(0).resolve("T2.nii.gz"));
    NiftiImage t1 = NiftiReader.read(written.get(0).resolve("T1.nii.gz"));
    assertEquals(List.of(10, 10, 3), List.of(t1.columns(), t1.rows(), t1.depth()));
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        assertEquals(t2.affine()[row][column], t1.affine()[row][column], 1e-5);
      }
    }
    for (int k = 0; k < 3; k++) {
      for (int j = 2; j < 8; j++) {
        for (int i = 2; i < 8; i++) {
          assertEquals(t2.at(i, j, k), t1.at(i, j, k), 1.5, i + " " + j + " " + k);
        }
      }
    }
  }

  @Test
  void saysWhatItCannotDo() throws IOException {
    assertFails(2, "exists already", folder, "--out", folder);
    assertFails(3, "no such file", folder.resolve("none"), "--out", folder.resolve("cases"));
    write("a1", "Test^Ada", "t2_tse", 95, 4000, 1, 10, "frame");
    assertFails(3, "no study has a T2 and", folder.resolve("dicom"), "--out", folder.resolve("c"));
  }

  private void assertFails(int status, String words, Object... args) {
    assertEquals(status, run(args), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(words), err::toString);
    err.getBuffer().setLength(0);
  }

  /** Three slices about one centre whose grey values are linear in the patient's position. */
  private void write(
      String study,
      String patient,
      String description,
      double echoTime,
      double repetitionTime,
      double spacing,
      int size,
      String frame)
      throws IOException {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    double corner = -spacing * (size - 1) / 2;
    for (int k = 0; k < 3; k++) {
      Vec3 origin = new Vec3(corner, corner, 4 * k);
      SlicePlane plane =
          new SlicePlane(origin, new Vec3(spacing, 0, 0), new Vec3(0, spacing, 0), size, size);
      Image2 slice = new Image2(size, size);
      for (int i = 0; i < slice.values().length; i++) {
        int row = i / size;
        Vec3 p = plane.toPatient(i % size, row);
        slice.values()[i] = (float) (500 + 20 * p.x() - 10 * p.y() + 8 * p.z());
      }
      planes.add(plane);
      slices.add(slice);
    }
    MrSeries series =
        new MrSeries(
            new Volume(planes, slices),
            new MrSeries.Patient(patient, "LOUPE-2", "", "O"),
            new MrSeries.StudyInfo(Uids.fromName(study), "20250102", "101010", "Test"),
            new MrSeries.Identity(
                Uids.fromName(study + description),
                2,
                description,
                "BRAIN",
                Uids.fromName(frame),
                null,
                "Loupe"),
            new MrSeries.Acquisition(
                List.of("SE"), List.of("SK"), repetitionTime, echoTime, Double.NaN, 1, 4, 4, false),
            null);
    MrSeriesWriter.write(
        folder.resolve("dicom").resolve(study).resolve(description),
        series,
        TransferSyntax.EXPLICIT_LE);
  }

  private int run(Object... args) {
    List<String> all = new ArrayList<>(List.of("cases"));
    for (Object arg : args) {
      all.add(arg.toString());
    }
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }
}
