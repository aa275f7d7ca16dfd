package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.sr.Devices;
import org.loupe.sr.FakeCards;
import org.loupe.sr.ModelInfo;
import org.loupe.viewer.panel.DevicePanel;
import org.loupe.viewer.prefs.Preferences;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.SrService;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The panel of computing devices, with cards that are not there. */
class DeviceTest extends WindowTest {

  @TempDir static Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) {
    return new MainWindow(service, files, new UserFolder(folder), silent, () -> {});
  }

  private void show(FxRobot robot, Devices devices) {
    robot.interact(
        () ->
            window.sheet(
                new DevicePanel(
                    devices,
                    engine,
                    window.preferences().device(),
                    d -> window.setPreferences(window.preferences().withDevice(d)))));
  }

  private static String text(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(Label.class).getText();
  }

  private static List<String> listed(FxRobot robot) {
    return robot.lookup("#devices-list .label").queryAllAs(Label.class).stream()
        .map(Label::getText)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static ChoiceBox<String> choice(FxRobot robot) {
    return robot.lookup("#devices-choice").queryAs(ChoiceBox.class);
  }

  private void trial(FxRobot robot, String where) throws Exception {
    robot.interact(() -> choice(robot).setValue(where));
    robot.clickOn("#devices-trial");
    until(
        () ->
            !robot.lookup("#devices-trial").query().isDisabled()
                && !text(robot, "#devices-outcome").equals(Texts.of("devices.running")));
  }

  @Test
  void cardsTellTheirMemoryAndWhatIsWrongWithThem(FxRobot robot) throws Exception {
    show(robot, FakeCards.two());
    until(() -> listed(robot).contains("CUDA 1"));
    assertTrue(listed(robot).contains("3.0 of 8.0 GiB free"), listed(robot).toString());
    assertTrue(listed(robot).contains("CPU"));
    assertEquals(List.of("auto", "cpu", "cuda:0", "cuda:1"), choice(robot).getItems());
    // The engine may or may not have started by now.
    robot.interact(
        () -> {
          ModelInfo model = engine.model().get();
          String device = model == null ? Texts.of("model.notStarted") : model.device();
          assertEquals(Texts.of("devices.atWork", device), text(robot, "#devices-at-work"));
        });
    trial(robot, "cuda:0");
    assertTrue(text(robot, "#devices-outcome").startsWith("Works on CUDA 0: "), outcome(robot));
    trial(robot, "cuda:1");
    assertTrue(outcome(robot).contains("the NVIDIA driver is too old"), outcome(robot));
    // With most free memory it is tried first; the one that works takes its place.
    trial(robot, "auto");
    assertTrue(outcome(robot).startsWith("Works on CUDA 0"), outcome(robot));
    // The choice is kept for the next start.
    robot.interact(() -> choice(robot).setValue("cuda:0"));
    assertEquals("cuda:0", Preferences.read(folder.resolve(Preferences.FILE)).device());
  }

  private static String outcome(FxRobot robot) {
    return text(robot, "#devices-outcome");
  }

  @Test
  void aDriverThatDoesNotFitIsSaidInWords(FxRobot robot) throws Exception {
    show(robot, FakeCards.mismatched());
    until(() -> !listed(robot).isEmpty());
    assertEquals(
        Texts.of("devices.noCards", "the NVIDIA driver was updated: restart"),
        text(robot, "#devices-problem"));
    trial(robot, "auto");
    assertTrue(
        outcome(robot).startsWith("Works on CPU (the NVIDIA driver was updated: restart)"),
        outcome(robot));
  }

  @Test
  void thePreferencesLeadToTheDevicesOfThisMachine(FxRobot robot) throws Exception {
    command(robot, "preferences");
    robot.clickOn("#preferences-devices");
    until(() -> listed(robot).contains("CPU"));
    assertTrue(choice(robot).getItems().containsAll(List.of("auto", "cpu")));
    // A device that nobody knows makes the file unreadable, and the usual preferences hold.
    Files.writeString(folder.resolve(Preferences.FILE), "{\"device\": \"abacus\"}");
    MainWindow[] next = new MainWindow[1];
    robot.interact(
        () -> {
          next[0] =
              new MainWindow(
                  engine,
                  new org.loupe.viewer.study.SystemFileChoosing(),
                  new UserFolder(folder),
                  new Milestones(null),
                  () -> {});
          next[0].close();
        });
    assertEquals(Preferences.DEFAULT, next[0].preferences());
    Files.delete(folder.resolve(Preferences.FILE));
  }
}
