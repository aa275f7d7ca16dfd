package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.image.Contrast;
import org.loupe.study.Series;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.SrSubjects;
import org.loupe.viewer.viewport.ViewState;
import org.loupe.viewer.viewport.Windows;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The window by mouse and keys; zoomed below 1 it needs no engine. */
class MainWindowTest extends WindowTest {

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  void opened() {
    // Each test opens what it needs.
  }

  private void openTestStudy() {
    WaitForAsyncUtils.waitForAsyncFx(
        5000,
        () -> {
          window.opened(TestStudy.loaded());
          window.grid().all().forEach(p -> p.comparisonProperty().set(Comparison.ORIGINAL));
        });
    WaitForAsyncUtils.waitForFxEvents();
  }

  private ViewState state(int i) {
    return pane(i).stateProperty().get();
  }

  @Test
  void t2HangsFirstAndItsReferenceBesideIt() {
    openTestStudy();
    assertEquals("t2", pane(0).seriesProperty().get().id());
    assertEquals("t1", pane(1).seriesProperty().get().id());
    assertEquals(PaneLayout.TWO, window.grid().layoutProperty().get());
    // The same place at the same size, on other grids.
    assertEquals(state(0).mmPerPixel(), state(1).mmPerPixel());
    assertEquals(63.5, state(0).centre().column(), 1e-9);
    assertEquals(127, state(1).centre().column(), 1e-9);
  }

  @Test
  void theWarningIsThereFromTheStart(FxRobot robot) {
    Label warning = robot.lookup("#not-diagnostic").queryAs(Label.class);
    assertEquals("Not for diagnostic use", warning.getText());
    assertTrue(warning.isVisible());
  }

  @Test
  void keysScrollZoomAndFit(FxRobot robot) {
    openTestStudy();
    int slice = state(0).slice();
    robot.push(KeyCode.DOWN);
    assertEquals(slice + 1, state(0).slice());
    assertEquals(slice + 1, state(1).slice());
    robot.push(KeyCode.HOME);
    assertEquals(0, state(0).slice());
    robot.push(KeyCode.PAGE_UP);
    assertEquals(0, state(0).slice());
    robot.push(KeyCode.END);
    assertEquals(5, state(0).slice());
    ViewState fitted = state(0);
    robot.push(KeyCode.PLUS);
    assertEquals(fitted.mmPerPixel() / 1.15, state(0).mmPerPixel(), 1e-9);
    robot.push(KeyCode.SHIFT, KeyCode.RIGHT);
    assertTrue(state(0).centre().column() > fitted.centre().column());
    robot.push(KeyCode.DIGIT0);
    assertEquals(fitted, state(0));
  }

  @Test
  void theZoomFieldTakesAnyFactor(FxRobot robot) {
    openTestStudy();
    robot.push(KeyCode.Z);
    TextField field = robot.lookup("#zoom-field").queryAs(TextField.class);
    robot.interact(() -> field.setText("3.37"));
    robot.push(KeyCode.ENTER);
    assertEquals(3.37, state(0).zoom(pane(0).plane()), 1e-9);
    assertEquals("×3.37", field.getText());
    // T1 has half the pixel size: the same millimetres are twice as many of its pixels.
    assertEquals(3.37 / 2, state(1).zoom(pane(1).plane()), 1e-9);
    // Letters typed into the field are no commands.
    robot.push(KeyCode.Z);
    robot.push(KeyCode.W);
    assertEquals(Comparison.ORIGINAL, pane(0).comparisonProperty().get());
    robot.push(KeyCode.ESCAPE);
    assertEquals("×3.37", field.getText());
  }

  /** 50 mm at one zoom are as long on the screen as 20 mm at another. */
  @Test
  void theScaleBarSaysItsLengthInThePatient(FxRobot robot) throws Exception {
    openTestStudy();
    Label scale = robot.from(pane(0)).lookup(".scale-text").queryAs(Label.class);
    robot.interact(() -> PaneActions.zoomTo(pane(0), 2));
    until(() -> pane(0).painted() && scale.getText().equals("50 mm"));
    robot.interact(() -> PaneActions.zoomTo(pane(0), 5));
    until(() -> pane(0).painted() && pane(0).geometry().view().columnStep() == 0.2);
    assertEquals("20 mm", scale.getText());
  }

  @Test
  void whatIsSaidDuringAnOpeningIsSaidAfterwards(FxRobot robot) {
    Path demo = ViewerCommands.demo().orElseThrow();
    robot.interact(
        () -> {
          window.open(List.of(demo));
          window.say("something else");
          window.opener().closed();
        });
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    assertFalse(onFx(() -> window.opening()));
    assertEquals("something else", said.getText());
  }

  @Test
  void aSheetIsLeftFromItsTextFields(FxRobot robot) {
    command(robot, "plane.oblique");
    robot.clickOn("#oblique-right");
    robot.push(KeyCode.ESCAPE);
    assertTrue(robot.lookup("#oblique-right").tryQuery().isEmpty());
  }

  @Test
  void theMousePansWindowsAndFits(FxRobot robot) {
    openTestStudy();
    ViewState before = state(0);
    robot.drag(pane(0), MouseButton.PRIMARY).moveBy(30, 20).drop();
    assertEquals(
        before.centre().column() - 30 * before.mmPerPixel(), state(0).centre().column(), 1e-6);
    assertEquals(before.centre().row() - 20 * before.mmPerPixel(), state(0).centre().row(), 1e-6);
    robot.drag(pane(0), MouseButton.SECONDARY).moveBy(40, 0).drop();
    assertTrue(state(0).window().width() > before.window().width());
    assertEquals(before.window().centre(), state(0).window().centre(), 1e-9);
    robot.doubleClickOn(pane(0));
    assertEquals(before.mmPerPixel(), state(0).mmPerPixel());
    assertEquals(before.centre(), state(0).centre());
  }

  @Test
  void theWheelScrollsSlices(FxRobot robot) {
    openTestStudy();
    int slice = state(0).slice();
    robot.moveTo(pane(0)).scroll(1, javafx.geometry.VerticalDirection.DOWN);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(1, Math.abs(state(0).slice() - slice));
    assertEquals(state(0).slice(), state(1).slice());
  }

  @Test
  void theLinkCanBeSwitchedOff(FxRobot robot) {
    openTestStudy();
    robot.push(KeyCode.L);
    ViewState other = state(1);
    robot.push(KeyCode.DOWN);
    robot.push(KeyCode.PLUS);
    assertEquals(other, state(1));
    robot.push(KeyCode.L);
    assertEquals(state(0).slice(), state(1).slice());
    assertEquals(state(0).mmPerPixel(), state(1).mmPerPixel());
  }

  @Test
  void presetsWindowTheActivePane(FxRobot robot) {
    openTestStudy();
    robot.push(KeyCode.DIGIT3);
    assertEquals(Windows.FULL.of(pane(0).seriesProperty().get()), state(0).window());
    assertNotEquals(state(0).window(), state(1).window());
    robot.push(KeyCode.N);
    robot.push(KeyCode.DIGIT4);
    assertEquals(Windows.TISSUE.of(pane(1).seriesProperty().get()), state(1).window());
  }

  @Test
  void layoutsKeepTheirSeries(FxRobot robot) {
    openTestStudy();
    robot.push(KeyCode.F2);
    assertEquals(1, window.grid().visible().size());
    robot.push(KeyCode.F4);
    assertEquals(4, window.grid().visible().size());
    assertEquals("t1", pane(1).seriesProperty().get().id());
    assertNull(pane(3).seriesProperty().get());
  }

  @Test
  void aContrastCanBeCorrected(FxRobot robot) {
    openTestStudy();
    ViewState before = state(1);
    OpenSeries t1 = window.studies().find("t1").orElseThrow();
    robot.interact(() -> window.studies().chooseContrast(t1, Contrast.FLAIR));
    assertEquals(Contrast.FLAIR, pane(1).seriesProperty().get().contrast());
    assertEquals("chosen by the user", pane(1).seriesProperty().get().contrastReason());
    assertEquals(before, state(1));
  }

  @Test
  void theSheetOfKeysOpensAndCloses(FxRobot robot) throws Exception {
    robot.push(KeyCode.F1);
    assertTrue(robot.lookup("#shortcut-sheet").tryQuery().isPresent());
    robot.push(KeyCode.ESCAPE);
    until(() -> robot.lookup("#shortcut-sheet").tryQuery().isEmpty());
  }

  /** The window and the engine outlive their sheets. */
  @ParameterizedTest
  @CsvSource({"shortcuts, #shortcut-sheet", "devices, #devices"})
  void aSheetThatWasClosedIsLetGo(String command, String sheet, FxRobot robot) throws Exception {
    command(robot, command);
    WeakReference<Node> shown = new WeakReference<>(robot.lookup(sheet).query());
    command(robot, "escape");
    until(
        () -> {
          System.gc();
          return shown.get() == null;
        });
  }

  @Test
  void closingEmptiesThePanes(FxRobot robot) {
    openTestStudy();
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    assertNull(pane(0).seriesProperty().get());
    assertNull(pane(0).badgeProperty().get());
    assertTrue(window.studies().series().isEmpty());
  }

  @Test
  void whatCannotBeOpenedIsSaidWithItsReason(FxRobot robot, @TempDir Path folder) throws Exception {
    Path broken = folder.resolve("broken.nii");
    Files.write(broken, new byte[] {1, 2, 3, 4});
    chosen = List.of(broken);
    robot.push(KeyCode.SHORTCUT, KeyCode.O);
    until(() -> !window.studies().problems().isEmpty());
    assertTrue(window.studies().problems().get(0).source().contains("broken.nii"));
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(robot.lookup("#problems-button").query().isVisible());
    Label message = robot.from(pane(0)).lookup("#pane-message").queryAs(Label.class);
    assertEquals(Texts.of("open.nothingReadable"), message.getText());
    robot.interact(() -> robot.lookup("#problems-button").queryButton().fire());
    Label source = robot.lookup(".problem-source").queryAs(Label.class);
    assertTrue(source.getText().contains("broken.nii"), source.getText());
    command(robot, "anonymous");
    // The list has made its cells anew.
    until(
        () ->
            robot.lookup(".problem-source").queryAllAs(Label.class).stream()
                .map(Label::getText)
                .anyMatch(Texts.of("problems.unnamed", 1)::equals));
  }

  @Test
  void anotherFrameOfReferenceIsPairedOnlyWhenTheUserSaysSo(FxRobot robot) {
    robot.interact(
        () -> {
          window.opened(TestStudy.loaded("elsewhere"));
          pane(0).comparisonProperty().set(Comparison.ORIGINAL);
        });
    WaitForAsyncUtils.waitForFxEvents();
    ViewState other = state(1);
    robot.push(KeyCode.DOWN);
    assertEquals(other, state(1));
    SrSubjects.Subject before = window.studies().subject(t2(), 0);
    assertNull(before.reference());
    assertEquals(Texts.of("badge.otherFrame"), before.reason());
    robot.clickOn(robot.from(pane(0)).lookup("#confirm-pair").queryButton());
    SrSubjects.Subject after = window.studies().subject(t2(), 0);
    assertEquals("t1", after.reference().id());
    assertNotEquals(before.key(), after.key());
    assertEquals(state(0).slice(), state(1).slice());
    assertFalse(robot.from(pane(0)).lookup("#confirm-pair").queryButton().isVisible());
  }

  private Series t2() {
    return pane(0).seriesProperty().get();
  }

  @Test
  void theDemoStudyOpensFromItsFiles() throws Exception {
    Path demo = ViewerCommands.demo().orElseThrow();
    WaitForAsyncUtils.waitForAsyncFx(5000, () -> window.open(List.of(demo)));
    until(() -> window.studies().series().size() == 3 && pane(2).seriesProperty().get() != null);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(Contrast.T2, t2().contrast());
    assertEquals(Contrast.PD, pane(1).seriesProperty().get().contrast());
    assertEquals(Contrast.T1, pane(2).seriesProperty().get().contrast());
    assertFalse(t2().contrastReason().isEmpty());
    assertEquals("PD", window.studies().subject(t2(), 3).reference().contrast().name());
    assertTrue(window.studies().problems().isEmpty());
    assertEquals(state(0).mmPerPixel(), state(1).mmPerPixel());
  }

  @Test
  void everyKeyHasATextAndNoKeyTwo() throws IOException {
    java.util.Set<String> seen = new java.util.HashSet<>();
    window
        .commands()
        .forEach(
            c -> {
              assertFalse(c.text().isEmpty());
              c.keys().forEach(k -> assertTrue(seen.add(k.getName()), k.getName()));
            });
  }
}
