package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.viewer.prefs.RecentStudies;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.SrService;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The list of recent studies in the window. */
class RecentTest extends WindowTest {

  @TempDir static Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  void opened() {
    // A window that nothing has been opened in.
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) {
    return new MainWindow(service, files, new UserFolder(folder), silent, () -> {});
  }

  private static ListView<?> list(FxRobot robot) {
    return robot.lookup("#recent-list").queryAs(ListView.class);
  }

  @Test
  void whatWasOpenedIsListedAndOpensAgain(FxRobot robot) throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.R);
    assertTrue(list(robot).getItems().isEmpty());
    command(robot, "escape");
    Path demo = ViewerCommands.demo().orElseThrow();
    robot.interact(() -> window.open(List.of(demo)));
    until(() -> window.studies().series().size() == 3);
    command(robot, "close");
    assertEquals(0, onFx(() -> window.studies().series().size()));
    robot.push(KeyCode.CONTROL, KeyCode.R);
    assertEquals(1, list(robot).getItems().size());
    RecentStudies.Entry entry = (RecentStudies.Entry) list(robot).getItems().get(0);
    assertEquals(List.of(demo.toAbsolutePath().toString()), entry.paths());
    String shown =
        robot
            .from(list(robot))
            .lookup(".list-cell")
            .queryAllAs(javafx.scene.control.ListCell.class)
            .stream()
            .map(c -> c.getText() == null ? "" : c.getText())
            .reduce("", String::concat);
    assertTrue(shown.contains("2026-01-01") && shown.contains(demo.toString()), shown);
    // No file of the list names the patient.
    assertTrue(!java.nio.file.Files.readString(folder.resolve("recent.json")).contains("Colin27"));
    robot.interact(
        () -> {
          list(robot).getSelectionModel().select(0);
          list(robot).requestFocus();
        });
    robot.push(KeyCode.ENTER);
    until(() -> window.studies().series().size() == 3);
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(robot.lookup("#recent").tryQuery().isEmpty());
    assertEquals("T2 axial SIMULATED", onFx(() -> pane(0).seriesProperty().get().description()));
    // A double-click does the same, in addition to what is open.
    command(robot, "close");
    robot.push(KeyCode.CONTROL, KeyCode.R);
    WaitForAsyncUtils.waitForFxEvents();
    robot.doubleClickOn(
        robot.from(list(robot)).lookup(".list-cell").nth(0).<javafx.scene.Node>query());
    until(() -> window.studies().series().size() == 3);
  }
}
