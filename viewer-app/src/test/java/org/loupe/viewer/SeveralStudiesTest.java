package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loupe.study.Loaded;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.viewer.layout.PriorHanging;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.SrSubjects;

/** What keeps one study, and one patient, apart from the others that are open. */
class SeveralStudiesTest {

  private final OpenStudies studies = new OpenStudies();

  private Series open(String id) {
    return studies.find(id).orElseThrow().series();
  }

  private Series other(String shown, String chosen) {
    SrSubjects.Subject subject = studies.subject(open(shown), 2);
    return studies.other(open(shown), subject, chosen);
  }

  /** A contrast that was chosen for one patient is not compared with another's slices. */
  @Test
  void theOtherContrastLiesInTheFrameOfReferenceOfWhatIsShown() {
    studies.add(TestStudy.loaded());
    studies.add(TestStudy.earlier());
    assertSame(open("t1"), other("t2", "t1"));
    assertSame(open("t1-before"), other("t2-before", "t1"));
    studies.clear();
    studies.add(TestStudy.loaded("elsewhere"));
    assertNull(other("t2", "t1"));
    assertNull(other("t2", "closed since"));
  }

  @Test
  void aStudyIsThatOfTheSeries() {
    assertEquals(List.of(), studies.study(""));
    studies.add(TestStudy.loaded());
    studies.add(TestStudy.earlier());
    assertEquals(List.of("t2-before", "t1-before"), ids(studies.study("t1-before")));
    assertEquals(List.of("t2", "t1"), ids(studies.study("none of them")));
  }

  private static List<String> ids(List<OpenSeries> series) {
    return series.stream().map(s -> s.series().id()).toList();
  }

  /** Series of one study that were retrieved one by one are no study and its prior. */
  @Test
  void aStudyIsNotItsOwnPrior() {
    List<OpenSeries> all = new ArrayList<>();
    Study whole = TestStudy.loaded().studies().get(0);
    for (Series s : whole.series()) {
      Study part =
          new Study(whole.id(), whole.patient(), whole.description(), whole.date(), List.of(s));
      all.addAll(studies.add(new Loaded(List.of(part), List.of(), List.of())));
    }
    assertEquals(Optional.empty(), PriorHanging.of(studies.series(), all.get(0)));
    studies.add(TestStudy.earlier());
    PriorHanging priors = PriorHanging.of(studies.series(), all.get(0)).orElseThrow();
    assertEquals(List.of("t2", "t1", "t2-before", "t1-before"), ids(priors.series()));
    assertTrue(priors.series().containsAll(all));
  }
}
