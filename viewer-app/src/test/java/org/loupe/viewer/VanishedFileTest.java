package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.study.StudyOpener;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Windows;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Slices that are read when they are shown, after something happened to their files. */
class VanishedFileTest extends WindowTest {

  @TempDir Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  /** Three slices of a series with echo and repetition time of a T2, pixels not read yet. */
  private Loaded onDemand() throws IOException {
    DicomStudy.write(folder, 3, 64, 1);
    return new StudyLoader().index(List.of(folder), Progress.NONE).loaded();
  }

  @Test
  void aVanishedOrChangedFileIsSaidInThePane(FxRobot robot) throws Exception {
    Loaded loaded = StudyOpener.oriented(onDemand());
    // Gone before anything was shown: the middle slice, which comes first.
    Files.delete(folder.resolve("IM0002.dcm"));
    Path changed = folder.resolve("IM0001.dcm");
    Files.write(changed, new byte[100], java.nio.file.StandardOpenOption.APPEND);
    robot.interact(() -> window.opened(loaded));
    WaitForAsyncUtils.waitForFxEvents();
    ImagePane pane = pane(0);
    Label message = robot.from(pane).lookup("#pane-message").queryAs(Label.class);
    assertEquals("This slice cannot be read: IM0002.dcm: no such file", onFx(message::getText));
    assertTrue(onFx(message::isVisible));
    assertNull(onFx(pane::slice));
    assertTrue(onFx(() -> Arrays.stream(pane.pixels()).allMatch(p -> p == 0xff000000)));
    // Pointer, presets, key image and lens find no slice and do not mind.
    robot.moveTo(pane);
    command(robot, "windowOfView");
    command(robot, "window." + Windows.AUTO);
    command(robot, "probe");

    // The slices beside it are shown, and the message goes.
    command(robot, "nextSlice");
    until(() -> pane.geometry() != null);
    assertFalse(onFx(message::isVisible));
    assertNotNull(onFx(pane::slice));
    assertTrue(onFx(() -> Arrays.stream(pane.pixels()).anyMatch(p -> p != 0xff000000)));

    // One that was written anew since is not taken for what was opened.
    robot.interact(
        () -> {
          pane.comparisonProperty().set(Comparison.ORIGINAL);
          pane.change(s -> s.withSlice(0));
        });
    until(() -> message.getText().contains("it has changed since it was opened"));
  }
}
