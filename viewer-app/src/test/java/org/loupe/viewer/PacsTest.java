package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Tag;
import org.loupe.viewer.pacs.PacsServer.Authentication;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.SrService;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Searching, retrieving and sending in the window, with a server within the test. */
class PacsTest extends WindowTest {

  @TempDir Path folder;
  private WebArchive archive;
  private final List<Path> sent = new ArrayList<>();

  @Start
  @Override
  void start(Stage primary) throws Exception {
    Path demo = Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");
    for (String series : List.of("T2", "PD")) {
      for (int k = 10; k <= 12; k++) {
        sent.add(demo.resolve(series).resolve("IM%04d.dcm".formatted(k)));
      }
    }
    archive = new WebArchive(sent);
    super.start(primary);
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) {
    return new MainWindow(service, files, new UserFolder(folder.resolve("user")), silent, () -> {});
  }

  @AfterEach
  void stop() {
    archive.close();
  }

  private static String uid(Path file, int tag) throws Exception {
    return DicomReader.builtIn().read(Files.readAllBytes(file)).dataset().string(tag);
  }

  private static void press(FxRobot robot, String id) {
    robot.interact(() -> robot.lookup(id).queryButton().fire());
  }

  private static void type(FxRobot robot, String id, String text) {
    robot.interact(() -> robot.lookup(id).queryAs(TextField.class).setText(text));
  }

  private static TableView<?> table(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(TableView.class);
  }

  @SuppressWarnings("unchecked")
  private void addServer(FxRobot robot) {
    command(robot, "pacsServers");
    type(robot, "#servers-serverName", "Archive");
    type(robot, "#servers-serverUrl", archive.url());
    robot.interact(
        () ->
            ((ChoiceBox<Authentication>)
                    robot.lookup("#server-authentication").queryAs(ChoiceBox.class))
                .setValue(Authentication.BASIC));
    press(robot, "#server-add");
    press(robot, "#servers-done");
  }

  private void signIn(FxRobot robot, String password) throws Exception {
    until(() -> robot.lookup("#credentials").tryQuery().isPresent());
    type(robot, "#credentials-user", WebArchive.USER);
    type(robot, "#credentials-secret", password);
    press(robot, "#credentials-go");
  }

  @Test
  void searchesRetrievesStepByStepAndSends(FxRobot robot) throws Exception {
    robot.interact(() -> window.closeStudies());
    addServer(robot);
    robot.push(KeyCode.SHORTCUT, KeyCode.D);
    until(() -> robot.lookup("#pacs").tryQuery().isPresent());
    type(robot, "#pacs-id", "COLIN27-SIM");
    type(robot, "#pacs-name", "Colin");
    press(robot, "#pacs-search");
    signIn(robot, "wrong");
    signIn(robot, WebArchive.PASSWORD);
    until(() -> table(robot, "#pacs-studies").getItems().size() == 1);
    assertEquals("Colin*", archive.asked.get("PatientName"));
    assertEquals("MR", archive.asked.get("ModalitiesInStudy"));
    until(() -> table(robot, "#pacs-series").getItems().size() == 2);

    // The first series is on the screen while the second one is still on its way.
    String first = uid(sent.get(0), Tag.SERIES_INSTANCE_UID);
    String second = uid(sent.get(3), Tag.SERIES_INSTANCE_UID);
    archive.withhold(second);
    press(robot, "#pacs-retrieve-study");
    until(
        () ->
            pane(0).seriesProperty().get() != null
                && pane(0).seriesProperty().get().id().contains(first));
    assertTrue(robot.lookup("#transfer-cancel").queryButton().isVisible());
    press(robot, "#transfer-cancel");
    Label bar = robot.lookup("#transfer-text").queryAs(Label.class);
    until(() -> bar.getText().equals(Texts.of("pacs.cancelled")));
    assertEquals(1, onFx(() -> window.studies().series().size()));

    archive.withhold("");
    press(robot, "#transfer-resume");
    until(() -> window.studies().series().size() == 2);
    until(() -> bar.getText().equals(Texts.of("pacs.retrieved", 2, 6)));
    assertTrue(onFx(() -> pane(1).seriesProperty().get().id()).contains(second));
    assertEquals(3, onFx(() -> window.studies().series().get(1).series().volume().depth()));

    // Files are sent in one request, with the credentials that the window remembers.
    chosen = sent.subList(0, 2);
    command(robot, "pacs");
    press(robot, "#pacs-send");
    until(() -> bar.getText().equals(Texts.of("pacs.sent", 2, "Archive")));
    assertEquals(1, archive.stored.size());
    assertTrue(archive.stored.get(0).contains(uid(sent.get(1), Tag.SOP_INSTANCE_UID)));
    noSecretIsWritten();
  }

  /** Of many files one is not taken: the others are sent, and it alone is sent again. */
  @Test
  void aRefusedFileKeepsNoOtherBack(FxRobot robot) throws Exception {
    Path demo = sent.get(0).getParent();
    List<Path> many = new ArrayList<>();
    for (int k = 3; k < 15; k++) {
      many.add(demo.resolve("IM%04d.dcm".formatted(k)));
    }
    String bad = uid(many.get(1), Tag.SOP_INSTANCE_UID);
    archive.refused.add(bad);
    addServer(robot);
    chosen = many;
    command(robot, "pacs");
    press(robot, "#pacs-send");
    signIn(robot, WebArchive.PASSWORD);
    Label bar = robot.lookup("#transfer-text").queryAs(Label.class);
    String refused = Texts.of("pacs.failed", Texts.of("pacs.refused", 1, "C000"));
    until(() -> bar.getText().equals(refused));
    assertEquals(2, archive.stored.size());
    assertTrue(archive.stored.get(1).contains(uid(many.get(11), Tag.SOP_INSTANCE_UID)));

    archive.refused.clear();
    press(robot, "#transfer-resume");
    until(() -> bar.getText().equals(Texts.of("pacs.sent", 1, "Archive")));
    assertEquals(3, archive.stored.size());
    assertTrue(archive.stored.get(2).contains(bad));
  }

  private static List<Path> folders() throws Exception {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(f -> f.getFileName().toString().startsWith("loupe-pacs")).toList();
    }
  }

  private static boolean isWriting(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.anyMatch(f -> f.getFileName().toString().startsWith(".part-"));
    }
  }

  /** The window is closed while files are on their way: none stays. */
  @Test
  void closingWaitsForTheFilesThatAreWritten(FxRobot robot) throws Exception {
    List<Path> before = folders();
    robot.interact(() -> window.closeStudies());
    addServer(robot);
    command(robot, "pacs");
    press(robot, "#pacs-search");
    signIn(robot, WebArchive.PASSWORD);
    until(() -> table(robot, "#pacs-series").getItems().size() == 2);
    archive.halve(uid(sent.get(0), Tag.SERIES_INSTANCE_UID));
    press(robot, "#pacs-retrieve-study");
    until(() -> folders().size() == before.size() + 1);
    List<Path> after = new ArrayList<>(folders());
    after.removeAll(before);
    until(() -> isWriting(after.get(0)));
    robot.interact(() -> window.close());
    assertFalse(Files.exists(after.get(0)));
  }

  private void noSecretIsWritten() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(WebArchive.PASSWORD), file + " holds the password");
        assertFalse(text.contains("COLIN27"), file + " holds a patient's ID");
      }
    }
  }

  @Test
  void saysInWordsWhatGoesWrong(FxRobot robot) throws Exception {
    command(robot, "pacs");
    Label message = robot.lookup("#pacs-message").queryAs(Label.class);
    press(robot, "#pacs-search");
    assertEquals(Texts.of("pacs.addServer"), message.getText());
    press(robot, "#pacs-servers");
    type(robot, "#servers-serverName", "Nowhere");
    type(robot, "#servers-serverUrl", "ftp://nowhere");
    press(robot, "#server-add");
    assertEquals(
        Texts.of("pacs.serverUnsound"),
        robot.lookup("#servers-message").queryAs(Label.class).getText());
    String url = archive.url();
    archive.close();
    type(robot, "#servers-serverUrl", url);
    press(robot, "#server-add");
    press(robot, "#servers-done");
    press(robot, "#pacs-search");
    until(() -> message.getText().startsWith(Texts.of("pacs.failed", "")));
    assertTrue(message.getText().contains(url), message.getText());
    assertFalse(message.getText().contains("Exception"), message.getText());
  }
}
