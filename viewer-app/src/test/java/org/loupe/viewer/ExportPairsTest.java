package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.image.Image2;
import org.loupe.image.Volume;
import org.loupe.sr.SliceInput;
import org.loupe.study.DerivedSeries;
import org.loupe.study.Loaded;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.study.TissueLabels;
import org.loupe.viewer.study.OpenStudies;

/** A series is written from what its panes are super-resolved from. */
class ExportPairsTest {

  private static DerivedSeries.Extent all(Series s) {
    return DerivedSeries.Extent.whole(0, s.volume().depth(), 256, 256);
  }

  @Test
  void everySliceHasTheReferenceThatReachesItAndTheOpenedTissues() {
    List<Series> found = TestStudy.loaded().allSeries();
    Series t2 = found.get(0);
    // Of the upper three slices alone.
    Series t1 = TestStudy.moved(found.get(1), "t1", 3, 0);
    Image2 csf = new Image2(t2.volume().columns(), t2.volume().rows());
    Arrays.fill(csf.values(), 1);
    Volume labels = new Volume(List.of(t2.volume().plane(4)), List.of(csf));
    OpenStudies studies = new OpenStudies();
    studies.add(
        new Loaded(
            List.of(new Study("st", "", "", "", List.of(t2, t1))),
            List.of(),
            List.of(),
            List.of(),
            List.of(new TissueLabels("seg", "TISSUES", "frame", labels)),
            List.of(),
            List.of(),
            Map.of()));
    // As where the pane shows a slice that the reference does not reach.
    assertNull(studies.subject(t2, 0).input().get().reference());
    assertFalse(studies.subject(t2, 0).reason().isEmpty());
    DicomExporting.Pairs pairs = DicomExporting.Pairs.of(studies, t2, all(t2));
    assertSame(t1, pairs.reference());
    assertEquals(List.of(t2, t1), pairs.series());
    for (int k = 0; k < 6; k++) {
      SliceInput input = pairs.input(k);
      assertEquals(studies.subject(t2, k).input().get().key(), input.key());
      assertEquals(k >= 3, input.reference() != null, "slice " + k);
    }
    assertNotNull(pairs.input(4).labels());
    assertEquals(1, pairs.input(4).labels().at(64, 64));
    assertNull(pairs.input(1).labels());
  }
}
