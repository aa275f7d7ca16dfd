package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Contrast;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.study.StudyOpener;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A study that is shown while its files are still being read. */
class GrowingStudyTest extends WindowTest {

  private static final int SLICES = 9;

  @TempDir Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  void opened() {}

  /** The study as far as some of its files tell, numbered from 1. */
  private Loaded of(int first, int last) {
    List<Path> files =
        IntStream.rangeClosed(first, last)
            .mapToObj(n -> folder.resolve("IM%04d.dcm".formatted(n)))
            .toList();
    return StudyOpener.oriented(new StudyLoader().index(files, Progress.NONE).loaded());
  }

  private void growing(FxRobot robot, Loaded soFar) {
    robot.interact(() -> window.opener().growing(soFar));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private String shown(ImagePane pane) {
    return onFx(
        () -> pane.seriesProperty().get().instanceIds().get(pane.stateProperty().get().slice()));
  }

  @Test
  void showsTheFirstSlicesWhileOthersAreRead(FxRobot robot) throws Exception {
    DicomStudy.write(folder, SLICES, 64, 1);
    growing(robot, of(4, 6));
    ImagePane pane = pane(0);
    until(() -> pane.geometry() != null);
    assertTrue(onFx(() -> java.util.Arrays.stream(pane.pixels()).anyMatch(p -> p != 0xff000000)));
    String slice = shown(pane);
    assertEquals(DicomStudy.SERIES + ".5", slice);
    // Of a stack that lacks slices nothing is super-resolved.
    assertEquals(
        Texts.of("badge.reading"),
        onFx(() -> window.studies().subject(pane.seriesProperty().get(), 1).reason()));

    // More comes before and behind: the shown slice stays.
    growing(robot, of(2, 8));
    assertEquals(7, onFx(() -> pane.seriesProperty().get().volume().depth()));
    assertEquals(slice, shown(pane));

    // Whoever has moved on is left there when all has been read; a chosen contrast is kept.
    robot.interact(
        () -> {
          pane.change(s -> s.withSlice(0));
          window.studies().chooseContrast(window.studies().series().get(0), Contrast.PD);
        });
    ViewState view = onFx(() -> pane.stateProperty().get());
    robot.interact(() -> window.opened(of(1, SLICES)));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(SLICES, onFx(() -> pane.seriesProperty().get().volume().depth()));
    assertEquals(DicomStudy.SERIES + ".2", shown(pane));
    assertEquals(view.window(), onFx(() -> pane.stateProperty().get().window()));
    assertEquals(Contrast.PD, onFx(() -> window.studies().series().get(0).series().contrast()));
    assertEquals(
        folder.resolve("IM0003.dcm"),
        onFx(() -> window.studies().file(DicomStudy.SERIES + ".3").orElseThrow()));
  }

  @Test
  void hangsAnewWhatNobodyTouched(FxRobot robot) throws Exception {
    DicomStudy.write(folder, SLICES, 64, 1);
    growing(robot, of(1, 3));
    growing(robot, of(1, 6));
    assertEquals(DicomStudy.SERIES + ".2", shown(pane(0)));
    robot.interact(() -> window.opened(of(1, SLICES)));
    assertEquals(DicomStudy.SERIES + ".5", shown(pane(0)));
    assertNotNull(onFx(() -> window.studies().subject(pane(0).seriesProperty().get(), 4).input()));
  }

  /** As when a study is retrieved from an archive while a large folder is being read. */
  @Test
  void whatIsRetrievedMeanwhileLeavesItAlone(FxRobot robot) throws Exception {
    DicomStudy.write(folder, SLICES, 64, 1);
    growing(robot, of(1, 3));
    robot.interact(() -> window.opener().retrieved(folder, TestStudy.loaded(), false, false));
    assertEquals(DicomStudy.SERIES, onFx(() -> pane(0).seriesProperty().get().id()));
    assertEquals(3, onFx(() -> window.studies().series().size()));
    assertEquals(
        Texts.of("badge.reading"),
        onFx(() -> window.studies().subject(pane(0).seriesProperty().get(), 1).reason()));
    growing(robot, of(1, 6));
    assertEquals(6, onFx(() -> pane(0).seriesProperty().get().volume().depth()));
    robot.interact(() -> window.opened(of(1, SLICES)));
    assertEquals(3, onFx(() -> window.studies().series().size()));
    assertNotNull(
        onFx(
            () ->
                window
                    .studies()
                    .subject(window.studies().find(DicomStudy.SERIES).orElseThrow().series(), 4)
                    .input()));
  }

  @Test
  void closesWhatWasNotReadToItsEnd(FxRobot robot) throws IOException {
    DicomStudy.write(folder, SLICES, 64, 1);
    growing(robot, of(1, 3));
    assertFalse(onFx(() -> window.studies().series().isEmpty()));
    robot.interact(() -> window.opener().stopped());
    assertTrue(onFx(() -> window.studies().series().isEmpty()));
    assertNull(onFx(() -> pane(0).seriesProperty().get()));
  }

  @Test
  void opensAFolderFromItsHeaders(FxRobot robot) throws Exception {
    DicomStudy.write(folder, SLICES, 64, 1);
    robot.interact(() -> window.open(List.of(folder)));
    until(() -> !window.opening() && pane(0).geometry() != null);
    assertEquals(DicomStudy.SERIES + ".5", shown(pane(0)));
    assertEquals(1004, onFx(() -> pane(0).slice().at(5, 5)));
  }
}
