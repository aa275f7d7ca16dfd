package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.Mask;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;

class StudyLoaderNiftiTest {

  @TempDir Path folder;
  private Path patient;

  @BeforeEach
  void writeStudy() throws IOException {
    patient = Files.createDirectory(folder.resolve("patient"));
    for (String name : List.of("T2", "T1", "T1POST", "FLAIR", "sub_PD")) {
      NiftiWriter.write(patient.resolve(name + ".nii.gz"), image(1));
    }
    NiftiWriter.write(patient.resolve("aligned_T2w.nii"), image(2));
    try (var labels = getClass().getResourceAsStream("/org/loupe/nifti/uint8_le.nii")) {
      Files.copy(labels, patient.resolve("lesion_mask.nii"));
    }
    Files.writeString(patient.resolve("README"), "text");
    Files.writeString(patient.resolve("T2.json"), "{}");
    Files.writeString(patient.resolve("broken.nii.gz"), "no gzip here");
  }

  @Test
  void opensFolderAndTellsContrastByName() {
    Loaded loaded = new StudyLoader().load(List.of(folder), Progress.NONE);
    assertEquals(1, loaded.studies().size());
    Study study = loaded.studies().get(0);
    assertEquals("patient", study.description());
    assertEquals(
        List.of("T2 T2", "T2 aligned_T2w", "PD sub_PD", "T1 T1", "T1 T1POST", "FLAIR FLAIR"),
        study.series().stream().map(s -> s.contrast() + " " + s.description()).toList());
    Series t2 = study.series().get(0);
    Series aligned = study.series().get(1);
    assertTrue(t2.contrastReason().contains("T2.nii.gz"));
    assertTrue(t2.sharesFrameWith(study.series().get(3)));
    assertFalse(t2.sharesFrameWith(aligned));
    assertTrue(aligned.notes().get(0).contains("not in scanner coordinates"));
    assertEquals(1, loaded.problems().size());
    assertTrue(loaded.problems().get(0).source().contains("broken.nii.gz"));
    assertEquals(1, loaded.leftOut().size());
    assertTrue(loaded.leftOut().get(0).source().contains("lesion_mask"));
  }

  /** As the viewer opens. */
  @Test
  void labelMapsInScannerCoordinatesLieOverTheImages() throws IOException {
    Path mask = patient.resolve("lesion_mask.nii");
    Loaded aligned = new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {});
    assertEquals(List.of(), aligned.segmentations());
    assertEquals(
        "a label map that is not in scanner coordinates, not shown",
        aligned.leftOut().get(0).reason());

    byte[] file = Files.readAllBytes(mask);
    file[254] = 1; // sform_code
    Files.write(mask, file);
    Loaded loaded = new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {});
    assertEquals(List.of(), loaded.leftOut());
    SegmentationOverlay labels = loaded.segmentations().get(0);
    assertEquals("lesion_mask", labels.name());
    assertTrue(labels.liesOver(loaded.allSeries().get(0)));
    assertFalse(labels.liesOver(loaded.allSeries().get(1)), "aligned to something");
    Volume volume = new StudyLoader().loadSeries(mask, null).volume();
    int found = 0;
    for (SegmentationOverlay.Segment segment : labels.segments()) {
      for (int k = 0; k < volume.depth(); k++) {
        Mask cut = labels.cut(segment.number(), volume.plane(k));
        for (int n = 0; n < volume.columns() * volume.rows(); n++) {
          int column = n % volume.columns();
          int row = n / volume.columns();
          boolean in = volume.slice(k).at(column, row) == segment.number();
          assertEquals(in ? 255 : 0, cut.at(column, row));
          found += in ? 1 : 0;
        }
      }
    }
    assertEquals(23, found, "all voxels but one, which is 0");
    SlicePlane plane = volume.plane(0);
    double voxel = plane.columnStep().cross(plane.rowStep()).length() * volume.gaps().get(0) / 1000;
    assertEquals(voxel, labels.measure(() -> false).get(255).millilitres(), 1e-9);
  }

  /** What only a part of would be shown, or something else than it says, is not shown. */
  @Test
  void labelMapsThatAreNoneAreLeftOut() throws IOException {
    Path mask = patient.resolve("lesion_mask.nii");
    byte[] file = Files.readAllBytes(mask);
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort(254, (short) 1); // sform_code
    // scl_slope just below 1: 255 becomes 254.99998.
    header.putFloat(112, Math.nextDown(1f)).putFloat(116, 0);
    Files.write(mask, file);
    Loaded loaded = new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {});
    assertTrue(loaded.segmentations().get(0).measure(() -> false).get(255).millilitres() > 0);

    header.putFloat(112, 0.5f);
    Files.write(mask, file);
    assertLeftOut("a label map with values that are not whole numbers, not shown");

    header.putFloat(112, 1).putShort(40, (short) 4).putShort(48, (short) 2);
    int start = (int) header.getFloat(108);
    byte[] twice = Arrays.copyOf(file, 2 * file.length - start);
    System.arraycopy(file, start, twice, file.length, file.length - start);
    Files.write(mask, twice);
    assertLeftOut("a label map of 2 volumes, not shown");
  }

  private void assertLeftOut(String reason) {
    Loaded loaded = new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {});
    assertEquals(List.of(), loaded.segmentations());
    assertEquals(reason, loaded.leftOut().get(0).reason());
  }

  @Test
  void opensZipLikeFolder() throws IOException {
    Path zip = folder.resolve("study.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("T2.nii.gz", "T1.nii.gz", "broken.nii.gz", "README")) {
        out.putNextEntry(new ZipEntry("case/" + name));
        Files.copy(patient.resolve(name), out);
      }
    }
    Loaded loaded = new StudyLoader().load(List.of(zip), Progress.NONE);
    assertEquals("case", loaded.studies().get(0).description());
    List<Series> series = loaded.allSeries();
    assertEquals(2, series.size());
    assertTrue(series.get(0).sharesFrameWith(series.get(1)));
    assertEquals("study.zip > case/broken.nii.gz", loaded.problems().get(0).source());
  }

  @Test
  void stopsAtWhatAnArchiveMayExpandTo() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("T2.nii"));
      byte[] header = Files.readAllBytes(patient.resolve("aligned_T2w.nii"));
      out.write(header);
      out.write(new byte[1 << 20]);
    }
    Loaded loaded = new StudyLoader(500, Long.MAX_VALUE).load(List.of(zip), Progress.NONE);
    assertTrue(loaded.studies().isEmpty());
    assertTrue(loaded.problems().get(0).reason().contains("expands to more than"));
    assertEquals(1, new StudyLoader().load(List.of(zip), Progress.NONE).studies().size());
  }

  @Test
  void reportsProgressAndStopsWhenCancelled() {
    int[] last = {0, 0};
    Progress watching =
        new Progress() {
          @Override
          public boolean cancelled() {
            return last[0] >= 3;
          }

          @Override
          public void report(int done, int total, String what) {
            last[0] = done;
            last[1] = total;
          }
        };
    StudyLoader loader = new StudyLoader();
    assertThrows(CancellationException.class, () -> loader.load(List.of(folder), watching));
    assertEquals(3, last[0]);
    assertEquals(10, last[1]);
  }

  @Test
  void findsTheOneSeriesOfACommandLine() throws IOException {
    StudyLoader loader = new StudyLoader();
    assertEquals("T1", loader.loadSeries(patient.resolve("T1.nii.gz"), null).description());
    assertEquals("FLAIR", loader.loadSeries(patient, Contrast.FLAIR).description());
    assertEquals(2, loader.loadSeries(patient.resolve("lesion_mask.nii"), null).volume().depth());
    assertSays("2 T1 series in it", () -> loader.loadSeries(patient, Contrast.T1));
    assertSays("6 series in it", () -> loader.loadSeries(patient, null));
    assertSays("no such file", () -> loader.loadSeries(patient.resolve("absent"), null));
    assertSays("neither DICOM", () -> loader.loadSeries(patient.resolve("README"), null));
    assertSays("broken.nii.gz", () -> loader.loadSeries(patient.resolve("broken.nii.gz"), null));
  }

  @Test
  void reportsABrokenArchive() throws IOException {
    Path zip = folder.resolve("half.zip");
    try (OutputStream out = Files.newOutputStream(zip)) {
      out.write("PK\u0003\u0004 and no more".getBytes(StandardCharsets.ISO_8859_1));
    }
    Loaded loaded = new StudyLoader().load(List.of(zip), Progress.NONE);
    assertTrue(loaded.problems().get(0).reason().startsWith("not a readable zip archive"));
  }

  private static void assertSays(String words, org.junit.jupiter.api.function.Executable call) {
    IOException e = assertThrows(IOException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  private static NiftiImage image(int code) {
    double[][] affine = {{-1, 0, 0, 5}, {0, -1, 0, 6}, {0, 0, 3, 7}, {0, 0, 0, 1}};
    return NiftiImage.of(List.of(new Image2(4, 5), new Image2(4, 5)), affine, code);
  }
}
