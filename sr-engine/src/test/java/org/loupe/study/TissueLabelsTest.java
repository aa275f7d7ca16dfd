package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomFile;
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

  @Test
  void probabilitiesBecomeTheMostProbableTissue() throws IOException {
    assertEquals("TISSUE_PROB", opened("seg_fractional.dcm").name());
  }
}
