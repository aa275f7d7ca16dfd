package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.web.Credentials;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.viewer.pacs.PacsServer.Authentication;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.SrService;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * The way of a study: from a real Orthanc into the window, super-resolved, saved, and back to the
 * archive. Skipped where Debian's orthanc and orthanc-dicomweb are not installed.
 */
class OrthancWindowTest extends WindowTest {

  @TempDir Path folder;
  private OrthancServer archive;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  /** Starts the archive with a study of three series and tells the window of it. */
  @SuppressWarnings("unchecked")
  private void archive(FxRobot robot) throws Exception {
    archive = new OrthancServer(folder);
    Path demo = Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");
    List<Path> files = new ArrayList<>();
    for (String series : List.of("T2", "PD", "T1")) {
      try (Stream<Path> all = Files.list(demo.resolve(series))) {
        all.sorted().skip(10).limit(4).forEach(files::add);
      }
    }
    Credentials who = Credentials.basic(OrthancServer.USER, OrthancServer.PASSWORD.toCharArray());
    try (DicomWebClient client = new DicomWebClient(URI.create(archive.url()), who, null)) {
      assertEquals(Map.of(), client.store(files));
    }
    command(robot, "pacsServers");
    robot.interact(
        () -> {
          robot.lookup("#servers-serverName").queryAs(TextField.class).setText("Archive");
          robot.lookup("#servers-serverUrl").queryAs(TextField.class).setText(archive.url());
          ((ChoiceBox<Authentication>)
                  robot.lookup("#server-authentication").queryAs(ChoiceBox.class))
              .setValue(Authentication.BASIC);
        });
    press(robot, "#server-add");
    press(robot, "#servers-done");
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) {
    return new MainWindow(service, files, new UserFolder(folder.resolve("user")), silent, () -> {});
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (archive != null) {
      archive.stop();
    }
  }

  private static void press(FxRobot robot, String id) {
    robot.interact(() -> robot.lookup(id).queryButton().fire());
  }

  @Test
  void aStudyComesAndItsResultGoes(FxRobot robot) throws Exception {
    Assumptions.assumeTrue(
        OrthancServer.isThere(), "skipped: orthanc and orthanc-dicomweb are not installed");
    robot.interact(() -> window.closeStudies());
    archive(robot);
    command(robot, "pacs");
    press(robot, "#pacs-search");
    until(() -> robot.lookup("#credentials").tryQuery().isPresent());
    robot.interact(
        () -> {
          robot.lookup("#credentials-user").queryAs(TextField.class).setText(OrthancServer.USER);
          robot
              .lookup("#credentials-secret")
              .queryAs(TextField.class)
              .setText(OrthancServer.PASSWORD);
        });
    press(robot, "#credentials-go");
    TableView<?> studies = robot.lookup("#pacs-studies").queryAs(TableView.class);
    until(() -> studies.getItems().size() == 1);
    TableView<?> series = robot.lookup("#pacs-series").queryAs(TableView.class);
    until(() -> series.getItems().size() == 3);
    press(robot, "#pacs-retrieve-study");
    until(() -> window.studies().series().size() == 3);
    Label bar = robot.lookup("#transfer-text").queryAs(Label.class);
    until(() -> bar.getText().equals(Texts.of("pacs.retrieved", 3, 12)));

    // The T2 series' result, as one compressed object, is a fourth series of the archive.
    robot.interact(
        () ->
            window.studies().series().stream()
                .filter(o -> o.series().contrast() == org.loupe.image.Contrast.T2)
                .forEach(o -> window.link().show(window.active(), o.series(), o.patientLines())));
    until(() -> window.active().geometry() != null);
    robot.interact(() -> PaneActions.zoomTo(window.active(), 2));
    Path out = folder.resolve("out");
    chosen = List.of(out);
    command(robot, "exportSeries");
    press(robot, "#export-save");
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    until(() -> said.getText().contains(out + " (4)"));
    command(robot, "pacs");
    press(robot, "#pacs-send-latest");
    until(() -> bar.getText().equals(Texts.of("pacs.sent", 4, "Archive")));
    command(robot, "pacs");
    press(robot, "#pacs-search");
    until(() -> series.getItems().size() == 4);
    assertTrue(
        onFx(() -> series.getItems().toString()).contains("AI super-resolved"),
        "the result has its name");
  }
}
