package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Tag;
import org.loupe.image.Image2;
import org.loupe.image.Vec3;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Progress;
import org.loupe.study.Study;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.MeasurementFile;
import org.loupe.viewer.measure.MeasurementKind;

/** From the viewer's sidecar file to DICOM objects. */
class AnnotationsCommandTest {

  /** On a slice of the study. */
  private static final Measurement LINE =
      Measurement.of(
          MeasurementKind.LENGTH,
          "2.25.2",
          "2.25.3",
          List.of(new Vec3(-5, 7, 4), new Vec3(1, 15, 4)));

  @TempDir Path folder;

  private Path study() throws IOException {
    return DicomStudy.write(folder.resolve("study"), 3, 16, 2);
  }

  private static int run(Path study, Path measurements, Path out) {
    return Launcher.run(
        "annotations",
        study.toString(),
        "--measurements",
        measurements.toString(),
        "--out",
        out.toString());
  }

  private static DicomDataset read(Path file) throws IOException {
    return DicomReader.builtIn().read(Files.readAllBytes(file)).dataset();
  }

  @Test
  void writesReportKeyObjectsAndViews() throws IOException {
    Path study = study();
    Path kept = folder.resolve("kept");
    Measurement region =
        Measurement.of(
            MeasurementKind.RECTANGLE,
            "2.25.2",
            "2.25.3",
            List.of(
                new Vec3(-2, 10, 4), new Vec3(6, 10, 4), new Vec3(6, 18, 4), new Vec3(-2, 18, 4)));
    MeasurementFile.write(
        MeasurementFile.of(kept, "2.25.1"),
        "2.25.1",
        new MeasurementFile.Content(List.of(region, LINE), List.of("2.25.2.3")));
    Path out = folder.resolve("out");
    assertEquals(ExitStatus.DONE, run(study, kept, out));

    DicomDataset report = read(out.resolve("SR0001.dcm"));
    assertEquals("2.25.1", report.string(Tag.STUDY_INSTANCE_UID));
    List<DicomDataset> content = report.items(Tag.CONTENT_SEQUENCE);
    List<DicomDataset> groups = content.get(content.size() - 1).items(Tag.CONTENT_SEQUENCE);
    assertEquals(2, groups.size());
    // The region's place on the file's own lattice, area and mean.
    List<DicomDataset> first = groups.get(0).items(Tag.CONTENT_SEQUENCE);
    double[] corners = first.get(2).numbers(Tag.GRAPHIC_DATA);
    assertEquals(10, corners.length);
    assertEquals(2.0, corners[0], 1e-5);
    assertEquals(2.0, corners[1], 1e-5);
    assertEquals("2.25.2.2", reference(first.get(2).items(Tag.CONTENT_SEQUENCE).get(0)));
    assertEquals(64, number(first.get(3)), 1e-6);
    assertEquals(1001, number(first.get(4)), 1e-6);
    assertEquals(10, number(groups.get(1).items(Tag.CONTENT_SEQUENCE).get(2)), 1e-6);

    DicomDataset keys = read(out.resolve("KO0002.dcm"));
    List<DicomDataset> marked = keys.items(Tag.CONTENT_SEQUENCE);
    assertEquals("2.25.2.3", reference(marked.get(marked.size() - 1)));

    DicomDataset view = read(out.resolve("PR0003.dcm"));
    DicomDataset drawn = view.items(Tag.GRAPHIC_ANNOTATION_SEQUENCE).get(0);
    assertEquals(2, drawn.items(Tag.GRAPHIC_OBJECT_SEQUENCE).size());
    assertEquals(
        "2.25.2",
        view.items(Tag.REFERENCED_SERIES_SEQUENCE).get(0).string(Tag.SERIES_INSTANCE_UID));
    DicomDataset area = view.items(Tag.DISPLAYED_AREA_SELECTION_SEQUENCE).get(0);
    assertEquals(List.of("1", "1"), area.strings(Tag.DISPLAYED_AREA_TOP_LEFT_HAND_CORNER));
    assertEquals(List.of("16", "16"), area.strings(Tag.DISPLAYED_AREA_BOTTOM_RIGHT_HAND_CORNER));
    assertTrue(Files.exists(out.resolve("PR0004.dcm")));

    // Another run replaces nothing.
    byte[] written = Files.readAllBytes(out.resolve("SR0001.dcm"));
    assertEquals(ExitStatus.DONE, run(study, kept, out));
    assertArrayEquals(written, Files.readAllBytes(out.resolve("SR0001.dcm")));
    assertTrue(Files.exists(out.resolve("SR0002.dcm")));
  }

  private static String reference(DicomDataset item) {
    return item.items(Tag.REFERENCED_SOP_SEQUENCE).get(0).string(Tag.REFERENCED_SOP_INSTANCE_UID);
  }

  private static double number(DicomDataset item) {
    return item.items(Tag.MEASURED_VALUE_SEQUENCE).get(0).number(Tag.NUMERIC_VALUE).getAsDouble();
  }

  @Test
  void whatIsMeasuredInNiftiDoesNotKeepTheRestFromBeingWritten() throws IOException {
    Path study = study();
    Path nifti = Files.createDirectories(folder.resolve("nifti"));
    double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    NiftiWriter.write(
        nifti.resolve("T2.nii.gz"),
        NiftiImage.of(List.of(new Image2(16, 16), new Image2(16, 16)), affine, 1));
    Study other = new StudyLoader().load(List.of(nifti), Progress.NONE).studies().get(0);
    Path kept = folder.resolve("kept");
    MeasurementFile.write(
        MeasurementFile.of(kept, "2.25.1"),
        "2.25.1",
        new MeasurementFile.Content(List.of(LINE), List.of()));
    MeasurementFile.write(
        MeasurementFile.of(kept, other.id()),
        other.id(),
        new MeasurementFile.Content(
            List.of(), List.of(other.series().get(0).instanceIds().get(1))));
    Path out = folder.resolve("out");
    int status =
        Launcher.run(
            "annotations",
            study.toString(),
            nifti.toString(),
            "--measurements",
            kept.toString(),
            "--out",
            out.toString());
    assertEquals(ExitStatus.DONE, status);
    assertTrue(Files.exists(out.resolve("SR0001.dcm")));
    assertTrue(Files.exists(out.resolve("PR0002.dcm")));
    assertTrue(Files.notExists(out.resolve("KO0002.dcm")));
  }

  @Test
  void saysWhereNothingIsMeasured() throws IOException {
    Path out = folder.resolve("out");
    assertEquals(ExitStatus.UNREADABLE_INPUT, run(study(), folder.resolve("none"), out));
    assertTrue(Files.notExists(out));
  }
}
