package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import org.loupe.viewer.viewport.Badge;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.PicturePair;
import org.loupe.viewer.viewport.SrStatus;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * Two models at hand: the one that ships, and a twin of the same weights that expects three times
 * the error.
 */
class ModelChoiceTest extends WindowTest {

  @TempDir Path folder;

  private Path twin;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  Models models(Milestones silent) throws Exception {
    twin = twin(folder.resolve("twin"));
    Models models = super.models(silent);
    models.add(twin);
    return models;
  }

  static Path twin(Path to) throws IOException {
    Path from =
        Path.of(System.getProperty("loupe.home"), "assets", "models", ModelRegistry.DEFAULT);
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    ObjectMapper json = new ObjectMapper();
    Path manifest = to.resolve(ModelPackage.MANIFEST);
    ObjectNode node = (ObjectNode) json.readTree(manifest.toFile());
    node.put("name", "twin");
    node.put("version", "9");
    node.put("error_scale", 3 * node.path("error_scale").asDouble(1));
    json.writeValue(manifest.toFile(), node);
    return to;
  }

  private static float error(org.loupe.viewer.viewport.ImagePane pane) {
    return onFx(
        () -> {
          var view = pane.geometry().view();
          return (float)
              pane.expectedErrorAt(view.x() + view.width() / 2, view.y() + view.height() / 2);
        });
  }

  private String badge(int pane) {
    Badge b = pane(pane).badgeProperty().get();
    return b.headline() + "\n" + String.join("\n", b.lines());
  }

  @Test
  void aModelIsChangedWhileItsPictureIsOnTheScreen(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    float before = error(pane(0));
    assertTrue(badge(0).contains("loupe"), badge(0));
    command(robot, "panel.model");
    @SuppressWarnings("unchecked")
    ComboBox<ModelPackage> box = robot.lookup("#model-chosen").queryAs(ComboBox.class);
    robot.interact(
        () ->
            box.setValue(
                box.getItems().stream()
                    .filter(m -> m.manifest().name().equals("twin"))
                    .findFirst()
                    .orElseThrow()));
    until(
        () ->
            badge(0).contains("twin 9")
                && pane(0).status().phase() == SrStatus.Phase.DONE
                && pane(0).settled());
    assertEquals(3 * before, error(pane(0)), 0.01 * before);
    assertNotNull(card(robot, "twin 9"));
  }

  private static Label card(FxRobot robot, String text) {
    return robot
        .from(robot.lookup("#model-card").queryParent())
        .lookup(
            (Label l) -> l.getText().contains(text) && l.getStyleClass().contains("sheet-title"))
        .query();
  }

  @Test
  void twoModelsLieSideBySideAndUnderTheWipe(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    robot.interact(
        () ->
            pane(0)
                .settings()
                .pairProperty()
                .set(new PicturePair(Picture.RESOLVED, Picture.OTHER_MODEL)));
    command(robot, "sideBySide");
    until(
        () ->
            pane(1).status().phase() == SrStatus.Phase.DONE
                && pane(1).settled()
                && pane(0).settled());
    assertEquals(Texts.of("badge.shown.OTHER_MODEL"), pane(1).badgeProperty().get().headline());
    assertTrue(badge(1).contains("twin 9"), badge(1));
    assertTrue(badge(0).contains("loupe"), badge(0));
    assertEquals(3 * error(pane(0)), error(pane(1)), 0.01 * error(pane(1)));
    robot.interact(() -> pane(0).comparisonProperty().set(Comparison.WIPE));
    until(() -> pane(0).settled() && badge(0).contains("twin 9"));
    assertEquals(SrStatus.Phase.DONE, pane(0).status().phase());
  }

  @Test
  void aFolderWithoutAModelIsSaid(FxRobot robot) throws Exception {
    command(robot, "panel.model");
    chosen = List.of(Files.createDirectory(folder.resolve("nothing")));
    robot.interact(() -> robot.lookup("#model-add").queryAs(Button.class).fire());
    String said = robot.lookup("#status-text").queryAs(Label.class).getText();
    assertTrue(said.contains("nothing"), said);
    assertEquals("loupe", engine.chosenProperty().get().manifest().name());
  }
}
