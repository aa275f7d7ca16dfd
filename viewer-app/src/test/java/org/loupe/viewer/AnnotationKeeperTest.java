package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Vec3;
import org.loupe.viewer.measure.AnnotationKeeper;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.MeasurementFile;
import org.loupe.viewer.measure.MeasurementKind;
import org.loupe.viewer.study.OpenStudies;

/** What is written of annotations, and when. */
class AnnotationKeeperTest {

  private static final List<String> KEY_OBJECTS = List.of("t2.3");

  @TempDir Path folder;

  private final OpenStudies studies = new OpenStudies();
  private final Annotations annotations = new Annotations();
  private final List<String> said = new ArrayList<>();
  private AnnotationKeeper keeper;

  @BeforeEach
  void keep() {
    keeper = new AnnotationKeeper(folder, studies, annotations, said::add);
    studies.add(TestStudy.loaded());
  }

  private Path file(String study) {
    return MeasurementFile.of(folder, study);
  }

  private MeasurementFile.Content written(String study) throws IOException {
    return MeasurementFile.read(file(study), study);
  }

  private List<String> keyImages() {
    return annotations.contentProperty().get().keyImages();
  }

  private static Measurement length(String series) {
    return Measurement.of(
        MeasurementKind.LENGTH, series, "", List.of(new Vec3(0, 0, 5), new Vec3(9, 0, 5)));
  }

  @Test
  void aMarkThatWasTakenAwayDoesNotComeBackWhenAFolderIsOpenedAgain() throws IOException {
    keeper.mark(KEY_OBJECTS);
    assertEquals(KEY_OBJECTS, keyImages());
    assertFalse(Files.exists(file("st")));
    annotations.toggleKeyImage("t2.3");
    studies.add(TestStudy.loaded());
    keeper.mark(KEY_OBJECTS);
    assertEquals(List.of(), keyImages());
    assertTrue(Files.exists(file("st")));
    assertEquals(List.of(), written("st").keyImages());
    assertTrue(annotations.undo());
    assertEquals(KEY_OBJECTS, keyImages());
  }

  @Test
  void theSameHoldsWhereNothingIsKept() {
    Annotations own = new Annotations();
    AnnotationKeeper forgetful = new AnnotationKeeper(null, studies, own, said::add);
    studies.add(TestStudy.loaded());
    forgetful.mark(KEY_OBJECTS);
    own.toggleKeyImage("t2.3");
    forgetful.mark(KEY_OBJECTS);
    assertEquals(List.of(), own.contentProperty().get().keyImages());
    assertEquals(List.of(), said);
  }

  /** As when somebody measures while the files are still being read. */
  @Test
  void keyObjectsThatComeAfterAMeasurementAreMarkedAndKept() throws IOException {
    annotations.add(length("t2"));
    keeper.mark(KEY_OBJECTS);
    assertEquals(KEY_OBJECTS, keyImages());
    assertEquals(annotations.contentProperty().get(), written("st"));
  }

  @Test
  void aDragIsWrittenOnceWhenItHasBeenDropped() throws IOException {
    Measurement m = length("t2");
    annotations.add(m);
    for (int x = 1; x <= 3; x++) {
      Vec3 by = new Vec3(x, 0, 0);
      annotations.drag(m.moved(p -> p.plus(by)));
      assertEquals(List.of(m), written("st").measurements());
    }
    annotations.dropped();
    assertEquals(3, written("st").measurements().get(0).points().get(0).x());
    // What ends a drag before it is dropped is written as well.
    annotations.drag(m);
    annotations.undo();
    assertEquals(3, written("st").measurements().get(0).points().get(0).x());
    annotations.drag(m);
    annotations.toggleKeyImage("t2.1");
    assertEquals(annotations.contentProperty().get(), written("st"));
  }

  @Test
  void aChangeThatIsNotKeptIsSaidOnce() throws IOException {
    String unreadable = "not json";
    Files.createDirectories(file("st-before").getParent());
    Files.writeString(file("st-before"), unreadable);
    studies.add(TestStudy.earlier());
    assertEquals(1, said.size());
    annotations.add(length("t2"));
    assertEquals(1, said.size());
    annotations.add(length("t2-before"));
    assertEquals(Texts.of("measure.notKept"), said.get(1));
    annotations.toggleKeyImage("t2.1");
    assertEquals(2, said.size());
    annotations.toggleKeyImage("t2-before.1");
    assertEquals(3, said.size());
    assertEquals(unreadable, Files.readString(file("st-before")));
    assertEquals(List.of("t2.1"), written("st").keyImages());
  }

  @Test
  void onlyTheStudyThatChangedIsWritten() throws IOException {
    studies.add(TestStudy.earlier());
    annotations.add(length("t2"));
    assertFalse(Files.exists(file("st-before")));
    annotations.add(length("t2-before"));
    assertEquals(1, written("st-before").measurements().size());
    // A file that is gone shows that nothing is written over it.
    Files.delete(file("st"));
    annotations.toggleKeyImage("t2-before.2");
    assertFalse(Files.exists(file("st")));
    assertEquals(List.of("t2-before.2"), written("st-before").keyImages());
    annotations.removeSelected();
    annotations.toggleKeyImage("t2.2");
    assertEquals(List.of("t2.2"), written("st").keyImages());
    assertEquals(List.of(), written("st-before").measurements());
    assertEquals(List.of(), said);
  }
}
