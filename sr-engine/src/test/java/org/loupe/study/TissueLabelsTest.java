package org.loupe.study;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.Segmentation.Tissues;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;

/** Segmentations that are opened beside images. */
class TissueLabelsTest {

  @TempDir Path folder;

  private TissueLabels opened(String name) throws IOException {
    try (InputStream in = DicomFile.class.getResourceAsStream("derived/" + name)) {
      Files.copy(in, folder.resolve(name));
    }
    // By headers alone, as the viewer opens.
    Loaded loaded = new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {});
    assertEquals(List.of(), loaded.problems());
    assertEquals(1, loaded.labels().size());
    return loaded.labels().get(0);
  }

  /** A series of the labelled planes, moved along their normal. */
  private static Series series(TissueLabels labels, String frame, double millimetres) {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (SlicePlane p : labels.labels().planes()) {
      Vec3 origin = p.origin().plus(p.normal().times(millimetres));
      planes.add(new SlicePlane(origin, p.columnStep(), p.rowStep(), p.columns(), p.rows()));
      slices.add(new Image2(p.columns(), p.rows()));
      ids.add("1.2." + ids.size());
    }
    Volume volume = new Volume(planes, slices);
    return new Series("1", "t2", Contrast.T2, "", frame, volume, null, ids, List.of());
  }

  @Test
  void tissuesOfASegmentationAreAPriorWhereTheyLie() throws IOException {
    TissueLabels labels = opened("seg_binary.dcm");
    assertEquals("TISSUES", labels.name());
    int most = 0;
    for (float v : labels.labels().slice(0).values()) {
      most = Math.max(most, (int) v);
    }
    assertTrue(most >= 1 && most <= 3, most + " is no tissue");
    String frame = labels.frameOfReference();
    assertTrue(labels.cover(series(labels, frame, 0), 0));
    assertFalse(labels.cover(series(labels, "1.2.3", 0), 0));
    assertFalse(labels.cover(series(labels, "", 0), 0));
    assertFalse(labels.cover(series(labels, frame, 500), 0));
  }

  /** A segmentation whose tissues but for some are called something else. */
  private static byte[] renamed(String... codes) throws IOException {
    try (InputStream in = DicomFile.class.getResourceAsStream("derived/seg_binary.dcm")) {
      String file = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      for (String code : codes) {
        assertTrue(file.contains(code));
        file = file.replace(code, "9".repeat(code.length()));
      }
      return file.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** Of segmentations of organs, which have many frames, none is decoded nor even read. */
  @Test
  void onlyTissuesAreDecoded() throws IOException {
    DicomFile some =
        DicomReader.configured().read(renamed(Tissues.GREY_MATTER.value(), Tissues.CSF.value()));
    int white = Segmentation.read(some).frames().get(0).segment() + 2;
    Segmentation read = Segmentation.readTissues(some);
    assertTrue(read.frames().size() < Segmentation.read(some).frames().size());
    assertEquals(
        Set.of(white), read.frames().stream().map(Segmentation.Plane::segment).collect(toSet()));
    assertTrue(read.labels().depth() > 0);

    byte[] organs =
        renamed(Tissues.GREY_MATTER.value(), Tissues.CSF.value(), Tissues.WHITE_MATTER.value());
    Path disk = Files.write(folder.resolve("organs.dcm"), organs);
    AtomicInteger opened = new AtomicInteger();
    SourceFile.Opener opener =
        () -> {
          opened.incrementAndGet();
          return new ByteArrayInputStream(organs);
        };
    SourceFile file =
        new SourceFile("organs.dcm", "", "", "organs.dcm", disk, disk, false, opener, opener);
    assertNull(new SourceReader(0, false).read(file).labels());
    assertEquals(1, opened.get(), "its header alone");
  }

  @Test
  void probabilitiesBecomeTheMostProbableTissue() throws IOException {
    assertEquals("TISSUE_PROB", opened("seg_fractional.dcm").name());
  }
}
