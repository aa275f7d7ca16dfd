package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Contrast;
import org.loupe.image.Vec3;
import org.loupe.study.Loaded;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.MeasurementFile;
import org.loupe.viewer.measure.MeasurementKind;
import org.loupe.viewer.measure.Measures;
import org.loupe.viewer.measure.Readings;
import org.loupe.viewer.measure.RegionStatistics;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.SrService;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Measuring by mouse and keys in the window, and what is kept of it. */
class MeasureTest extends WindowTest {

  @TempDir static Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) throws Exception {
    Files.deleteIfExists(file());
    return new MainWindow(service, files, new UserFolder(folder), silent, () -> {});
  }

  private static Path file() {
    return MeasurementFile.of(folder.resolve("measurements"), "st");
  }

  private Point2D screen(Vec3 at) {
    return screen(pane(0), at);
  }

  private static Point2D screen(ImagePane pane, Vec3 at) {
    return onFx(() -> pane.localToScreen(pane.coordinates().toPane(at)));
  }

  private double z() {
    return pane(0).plane().origin().z();
  }

  private Vec3 at(double x, double y) {
    return new Vec3(x, y, z());
  }

  private void drag(FxRobot robot, Vec3... way) {
    drag(robot, pane(0), way);
  }

  private static void drag(FxRobot robot, ImagePane pane, Vec3... way) {
    robot.moveTo(screen(pane, way[0])).press(MouseButton.PRIMARY);
    for (int i = 1; i < way.length; i++) {
      robot.moveTo(screen(pane, way[i]));
    }
    robot.release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private List<Measurement> all() {
    return window.tools().annotations().all();
  }

  private String texts(FxRobot robot) {
    StringBuilder said = new StringBuilder();
    robot
        .from(pane(0))
        .lookup("#measurements .measurement-text")
        .queryAllAs(Text.class)
        .forEach(t -> said.append(t.getText()).append('\n'));
    return said.toString();
  }

  private static void near(Vec3 expected, Vec3 actual) {
    assertEquals(0, expected.minus(actual).length(), 0.6, expected + " and " + actual);
  }

  @Test
  void aLengthIsDrawnEditedMovedUndoneAndDeleted(FxRobot robot) throws Exception {
    ViewState before = pane(0).stateProperty().get();
    robot.push(KeyCode.SHIFT, KeyCode.L);
    assertEquals(MeasurementKind.LENGTH, window.tools().measures().kindProperty().get());
    drag(robot, at(-30, 0), at(-10, 10), at(10, 0));
    assertEquals(1, all().size());
    assertEquals(40, Measures.length(all().get(0)), 0.8);
    // The image did not move, and the tool is back in its place.
    assertEquals(before, pane(0).stateProperty().get());
    assertNull(window.tools().measures().kindProperty().get());
    until(() -> texts(robot).matches("(39|40)\\.\\d mm\\s*"));
    // Its handle moves one end, its line the whole.
    drag(robot, at(10, 0), at(10, 15), at(10, 30));
    near(at(10, 30), all().get(0).points().get(1));
    near(at(-30, 0), all().get(0).points().get(0));
    drag(robot, at(-10, 15), at(-10, 10), at(-10, 5));
    near(at(10, 20), all().get(0).points().get(1));
    robot.push(KeyCode.SHORTCUT, KeyCode.Z);
    robot.push(KeyCode.SHORTCUT, KeyCode.Z);
    near(at(10, 0), all().get(0).points().get(1));
    robot.push(KeyCode.SHORTCUT, KeyCode.Y);
    near(at(10, 30), all().get(0).points().get(1));
    robot.push(KeyCode.DELETE);
    assertEquals(List.of(), all());
    robot.push(KeyCode.SHORTCUT, KeyCode.Z);
    assertEquals(1, all().size());
  }

  @Test
  void anglesTakeTwoDrags(FxRobot robot) {
    robot.push(KeyCode.SHIFT, KeyCode.A);
    drag(robot, at(-20, 0), at(-10, 0), at(0, 0));
    assertEquals(0, all().size());
    drag(robot, at(0, -20), at(0, -21), at(0, -22));
    assertEquals(90, Measures.angle(all().get(0)), 2);
    robot.push(KeyCode.SHIFT, KeyCode.C);
    drag(robot, at(-20, 20), at(0, 20), at(20, 20));
    drag(robot, at(-20, 40), at(0, 45), at(20, 60));
    assertEquals(MeasurementKind.COBB, all().get(1).kind());
    assertEquals(26.6, Measures.cobb(all().get(1)), 2);
    // Escape gives up a drawing that has begun.
    robot.push(KeyCode.SHIFT, KeyCode.C);
    drag(robot, at(-20, -20), at(0, -20), at(20, -20));
    robot.push(KeyCode.ESCAPE);
    assertEquals(2, all().size());
    assertNull(window.tools().measures().kindProperty().get());
  }

  /** Series of one frame of reference show each other's measurements up to half a gap away. */
  @Test
  void whatIsDraggedBesideItsSliceStaysInItsPlane(FxRobot robot) throws Exception {
    ImagePane other = pane(1);
    robot.interact(
        () -> {
          Series t2 = pane(0).seriesProperty().get();
          window.link().show(other, TestStudy.moved(t2, "flair", 0, 2), "");
        });
    until(other::painted);
    robot.interact(
        () ->
            window
                .tools()
                .annotations()
                .add(
                    Measurement.of(
                        MeasurementKind.LENGTH, "t2", "frame", List.of(at(-20, 20), at(20, 20)))));
    double depth = z();
    assertEquals(2, onFx(() -> other.plane().origin().z()) - depth, 1e-9);
    drag(robot, other, at(20, 20), at(20, 10), at(20, -10));
    near(at(20, -10), all().get(0).points().get(1));
    drag(robot, other, at(0, 5), at(0, 10), at(0, 15));
    near(at(20, 0), all().get(0).points().get(1));
    for (Vec3 p : all().get(0).points()) {
      assertEquals(depth, p.z(), 1e-9);
    }
  }

  @Test
  void aDrawingDoesNotGoOnOnAnotherSlice(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHIFT, KeyCode.A);
    drag(robot, at(-20, 0), at(-10, 0), at(0, 0));
    robot.push(KeyCode.DOWN);
    until(pane(0)::painted);
    drag(robot, at(0, -20), at(0, -21), at(0, -22));
    assertEquals(List.of(), all());
    // That was the first leg of one on this slice.
    drag(robot, at(20, -22), at(21, -22), at(22, -22));
    assertEquals(1, all().size());
    all().get(0).points().forEach(p -> assertEquals(z(), p.z(), 1e-9));

    robot.push(KeyCode.SHIFT, KeyCode.C);
    drag(robot, at(-20, 20), at(0, 20), at(20, 20));
    robot.interact(() -> window.link().show(pane(0), pane(1).seriesProperty().get(), ""));
    until(pane(0)::painted);
    drag(robot, at(-20, 40), at(0, 45), at(20, 60));
    assertEquals(1, all().size());
    // Scrolling in the middle of a drag ends it too.
    robot.push(KeyCode.ESCAPE);
    robot.push(KeyCode.SHIFT, KeyCode.L);
    ViewState before = pane(0).stateProperty().get();
    robot.moveTo(screen(at(-20, 20))).press(MouseButton.PRIMARY).moveTo(screen(at(0, 20)));
    robot.interact(() -> PaneActions.scroll(pane(0), 1));
    until(pane(0)::painted);
    robot.moveTo(screen(at(20, 20))).release(MouseButton.PRIMARY);
    assertEquals(1, all().size());
    assertEquals(before.withSlice(before.slice() + 1), pane(0).stateProperty().get());
  }

  @Test
  void aFreehandRegionBeginsAnewAfterATwitchAndMayClose(FxRobot robot) {
    robot.push(KeyCode.SHIFT, KeyCode.F);
    Point2D twitch = screen(at(-40, -40));
    robot.moveTo(twitch).press(MouseButton.PRIMARY);
    robot.moveTo(twitch.add(4, 0)).release(MouseButton.PRIMARY);
    assertEquals(List.of(), all());
    drag(
        robot,
        at(-20, 0),
        at(0, 0),
        at(20, 0),
        at(20, 20),
        at(0, 20),
        at(-20, 20),
        at(-20, 10),
        at(-20, 0));
    assertEquals(800, Measures.area(all().get(0)), 40);
    near(at(-20, 0), all().get(0).points().get(0));
  }

  @Test
  void theCrosshairTakesHoldOfNoMeasurementAndLeavesToolsTheirClicks(FxRobot robot) {
    robot.push(KeyCode.SHIFT, KeyCode.L);
    drag(robot, at(-30, 0), at(-10, 10), at(10, 0));
    Measurement drawn = all().get(0);
    robot.push(KeyCode.H);
    drag(robot, at(10, 0), at(10, 15), at(10, 30));
    assertEquals(List.of(drawn), all());
    Vec3 focus = window.link().focusProperty().get();
    assertEquals(10, focus.x(), 0.6);
    robot.push(KeyCode.SHIFT, KeyCode.L);
    drag(robot, at(-30, -20), at(-10, -20), at(10, -20));
    assertEquals(2, all().size());
    assertEquals(focus, window.link().focusProperty().get());
  }

  @Test
  void aRegionsFiguresComeFromTheOriginalPixelsWithTheResolvedBeside(FxRobot robot)
      throws Exception {
    resolved(robot, "3");
    robot.push(KeyCode.SHIFT, KeyCode.E);
    drag(robot, at(-30, 15), at(-25, 20), at(-20, 27));
    Measurement e = all().get(0);
    int slice = pane(0).stateProperty().get().slice();
    RegionStatistics s =
        onFx(
            () ->
                RegionStatistics.of(
                    e, pane(0).plane(), pane(0).seriesProperty().get().volume().slice(slice)));
    assertEquals(TestStudy.brain(slice), s.mean(), 3);
    assertEquals(10 * 12 * Math.PI / 4, s.area(), 12);
    String said = texts(robot);
    assertTrue(said.contains("original " + one(s.mean()) + " ± " + one(s.sd())), said);
    assertTrue(said.contains("super-resolved"), said);
    assertTrue(said.contains("expected error ±"), said);
    // Another picture has other figures.
    Readings readings = new Readings();
    Readings.Resolved guided = onFx(() -> readings.resolved(e, pane(0)));
    robot.interact(() -> pane(0).settings().resolvedProperty().set(Picture.UNGUIDED));
    untilResolved();
    Readings.Resolved alone = onFx(() -> readings.resolved(e, pane(0)));
    assertEquals(guided.mean(), alone.mean(), 20);
    assertNotEquals(guided, alone);
    robot.interact(() -> pane(0).settings().resolvedProperty().set(Picture.RESOLVED));
    untilResolved();
    assertEquals(guided, onFx(() -> readings.resolved(e, pane(0))));
    command(robot, "panel.measurements");
    until(() -> robot.lookup("#histogram").tryQuery().map(Node::isVisible).orElse(false));
    assertEquals(1, robot.lookup("#measurement-list").queryListView().getItems().size());
  }

  private static String one(double v) {
    return String.format(java.util.Locale.ENGLISH, "%.1f", v);
  }

  @Test
  void freehandAndRectangleAndPixel(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHIFT, KeyCode.F);
    drag(robot, at(-20, 0), at(0, 0), at(20, 0), at(20, 20), at(0, 20), at(-20, 20));
    assertEquals(MeasurementKind.FREEHAND, all().get(0).kind());
    assertEquals(800, Measures.area(all().get(0)), 40);
    robot.push(KeyCode.SHIFT, KeyCode.R);
    drag(robot, at(-20, -40), at(-10, -36), at(-5, -30));
    assertEquals(150, Measures.area(all().get(1)), 12);
    robot.push(KeyCode.SHIFT, KeyCode.P);
    robot.clickOn(screen(at(-30, 20)), MouseButton.PRIMARY);
    assertEquals(MeasurementKind.PROBE, all().get(2).kind());
    until(() -> texts(robot).contains("original "));
  }

  @Test
  void copiesGoToOtherSlicesAndBothSeriesShowTheirOwnFigures(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHIFT, KeyCode.R);
    drag(robot, at(-30, 15), at(-25, 20), at(-20, 27));
    robot.push(KeyCode.SHORTCUT, KeyCode.C);
    robot.push(KeyCode.DOWN);
    until(() -> texts(robot).isEmpty());
    robot.push(KeyCode.SHORTCUT, KeyCode.V);
    assertEquals(2, all().size());
    assertEquals(z(), all().get(1).centre().z(), 1e-9);
    assertNotEquals(all().get(0).centre().z(), all().get(1).centre().z());
    until(() -> texts(robot).contains("original"));
    // T1 lies in the same frame of reference: the region is there too, with T1's values.
    until(
        () -> !robot.from(pane(1)).lookup("#measurements .measurement-text").queryAll().isEmpty());
  }

  @Test
  void theyAreKeptWithTheStudyAndComeBackWithIt(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHIFT, KeyCode.L);
    drag(robot, at(-30, 0), at(-10, 10), at(10, 0));
    robot.push(KeyCode.SPACE);
    Measurement drawn = all().get(0);
    assertEquals(
        List.of(drawn.id()),
        MeasurementFile.read(file(), "st").measurements().stream().map(Measurement::id).toList());
    assertFalse(Files.readString(file()).contains("Test Person"));
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    assertEquals(List.of(), all());
    robot.interact(() -> window.opened(TestStudy.loaded()));
    assertEquals(drawn.id(), all().get(0).id());
    near(drawn.points().get(1), all().get(0).points().get(1));
    assertEquals(1, window.tools().annotations().contentProperty().get().keyImages().size());
  }

  @Test
  void aKeyImageShowsItsMarkAndIsFoundAgain(FxRobot robot) {
    int marked = pane(0).stateProperty().get().slice();
    assertEquals("", mark(robot));
    robot.push(KeyCode.SPACE);
    assertEquals("★ key image", mark(robot));
    robot.push(KeyCode.DOWN);
    robot.push(KeyCode.DOWN);
    assertEquals("", mark(robot));
    robot.push(KeyCode.SHIFT, KeyCode.PAGE_UP);
    assertEquals(marked, pane(0).stateProperty().get().slice());
    assertEquals("★ key image", mark(robot));
    // There is none beyond.
    robot.push(KeyCode.SHIFT, KeyCode.PAGE_UP);
    robot.push(KeyCode.SHIFT, KeyCode.PAGE_DOWN);
    assertEquals(marked, pane(0).stateProperty().get().slice());
    robot.push(KeyCode.SPACE);
    assertEquals("", mark(robot));
  }

  private String mark(FxRobot robot) {
    return robot.from(pane(0)).lookup("#pane-mark").<Label>query().getText();
  }

  /** Marks that come as key objects hold until the user has marks of that study. */
  @Test
  void keyObjectsOfTheFilesMarkTheirImages(FxRobot robot) {
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    Loaded found = TestStudy.loaded();
    Loaded marked =
        new Loaded(
            found.studies(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("t2.3"),
            Map.of());
    robot.interact(() -> window.opened(marked));
    assertEquals(List.of("t2.3"), window.tools().annotations().contentProperty().get().keyImages());
    assertFalse(Files.exists(file()));
    robot.interact(() -> PaneActions.scroll(pane(0), 3 - pane(0).stateProperty().get().slice()));
    assertEquals("★ key image", mark(robot));
    robot.push(KeyCode.SPACE);
    assertTrue(Files.exists(file()));
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    robot.interact(() -> window.opened(marked));
    assertEquals(List.of(), window.tools().annotations().contentProperty().get().keyImages());
  }

  @Test
  void whatBelongsToSeriesThatAreNotOpenIsKept(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    Measurement elsewhere =
        Measurement.of(MeasurementKind.PROBE, "flair", "", List.of(new Vec3(1, 2, 3)));
    MeasurementFile.write(
        file(), "st", new MeasurementFile.Content(List.of(elsewhere), List.of("flair.2")));
    robot.interact(() -> window.opened(TestStudy.loaded()));
    robot.push(KeyCode.SHIFT, KeyCode.L);
    drag(robot, at(-30, 0), at(-10, 10), at(10, 0));
    MeasurementFile.Content kept = MeasurementFile.read(file(), "st");
    assertEquals(2, kept.measurements().size());
    assertEquals(elsewhere, kept.measurements().get(0));
    assertEquals(List.of("flair.2"), kept.keyImages());
  }

  @Test
  void aDamagedFileIsSaidAndLeftAlone(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "not json");
    robot.interact(() -> window.opened(TestStudy.loaded()));
    Button warning = robot.lookup("#status-warning").queryButton();
    String unreadable = Texts.of("measure.unreadable", "");
    assertTrue(warning.isVisible() && warning.getText().startsWith(unreadable), warning.getText());
    robot.push(KeyCode.SHIFT, KeyCode.L);
    drag(robot, at(-30, 0), at(-10, 10), at(10, 0));
    assertEquals(1, all().size());
    assertEquals("not json", Files.readString(file()));
    assertTrue(warning.getText().endsWith(Texts.of("measure.notKept")), warning.getText());
    robot.interact(warning::fire);
    assertFalse(warning.isVisible());
  }

  /** As of a secondary capture: no sides, and no millimetres. */
  @Test
  void anImageWithoutAPlaceHasNoLettersAndIsMeasuredInPixels(FxRobot robot) throws Exception {
    Series t2 = onFx(() -> pane(0).seriesProperty().get());
    Series capture =
        new Series(
            "capture",
            "capture",
            Contrast.OTHER,
            "test",
            "",
            t2.volume(),
            null,
            t2.instanceIds(),
            List.of("no place in the patient: no sides", "pixel size unknown"));
    assertFalse(letters().isEmpty());
    assertTrue(robot.from(pane(0)).lookup(".scale-text").query().getParent().isVisible());
    robot.interact(
        () -> {
          window.opened(
              new Loaded(
                  List.of(new Study("other", "Test Person", "", "", List.of(capture))),
                  List.of(),
                  List.of()));
          window.link().show(pane(0), capture, "");
        });
    until(() -> pane(0).painted() && pane(0).geometry() != null);
    assertEquals("", letters());
    assertFalse(robot.from(pane(0)).lookup(".scale-text").query().getParent().isVisible());
    robot.push(KeyCode.SHIFT, KeyCode.L);
    drag(robot, at(-30, 0), at(-10, 10), at(10, 0));
    until(() -> texts(robot).matches("(39|40)\\.\\d px\\s*"));
    command(robot, "panel.measurements");
    until(() -> robot.lookup("#measurement-panel").tryQuery().isPresent());
    until(
        () ->
            robot
                .from(robot.lookup("#measurement-list").<Node>query())
                .lookup(".list-cell")
                .queryAllAs(ListCell.class)
                .stream()
                .anyMatch(c -> c.getText() != null && c.getText().endsWith(" px")));
    robot.moveTo(pane(0));
    Label probe = robot.from(pane(0)).lookup("#probe").queryAs(Label.class);
    until(() -> probe.getText().startsWith("original "));
    assertFalse(probe.getText().contains("mm"), probe.getText());
  }

  /** Letters of the patient's directions in the first pane. */
  private String letters() {
    return onFx(
        () ->
            pane(0).lookupAll(".pane-orientation").stream()
                .filter(Node::isVisible)
                .map(n -> ((Labeled) n).getText())
                .collect(Collectors.joining()));
  }

  @Test
  void thePanelShowsFiguresOfWhatIsSeenOnly(FxRobot robot) throws Exception {
    Vec3 a = at(-30, 10);
    Vec3 c = at(-20, 20);
    Measurement region =
        Measurement.of(
            MeasurementKind.RECTANGLE,
            "t2",
            "",
            List.of(a, new Vec3(c.x(), a.y(), a.z()), c, new Vec3(a.x(), c.y(), a.z())));
    command(robot, "panel.measurements");
    until(() -> robot.lookup("#measurement-panel").tryQuery().isPresent());
    robot.interact(() -> window.tools().annotations().add(region));
    Node histogram = robot.lookup("#histogram").query();
    until(histogram::isVisible);
    int slice = pane(0).stateProperty().get().slice();
    robot.interact(() -> PaneActions.scroll(pane(0), 1));
    until(() -> pane(0).painted() && !histogram.isVisible());
    robot.interact(() -> PaneActions.scroll(pane(0), -1));
    until(() -> pane(0).painted() && histogram.isVisible());
    // The other series lies in a frame of reference that the region is not in.
    robot.interact(
        () -> {
          window.link().onProperty().set(false);
          window.grid().activate(pane(1));
        });
    until(() -> pane(1).painted() && !histogram.isVisible());
    // Going to it moves the pane that has it, wherever the user works.
    ViewState other = onFx(() -> pane(1).stateProperty().get());
    ListView<?> list = robot.lookup("#measurement-list").queryListView();
    robot.interact(
        () -> {
          PaneActions.scroll(pane(0), 1);
          list.getSelectionModel().clearSelection();
          list.getSelectionModel().select(0);
        });
    assertEquals(slice, onFx(() -> pane(0).stateProperty().get().slice()));
    assertEquals(other, onFx(() -> pane(1).stateProperty().get()));
  }

  @Test
  void whatNoPaneShowsIsNotDeleted(FxRobot robot) throws Exception {
    robot.push(KeyCode.SHIFT, KeyCode.L);
    drag(robot, at(-30, 0), at(-10, 10), at(10, 0));
    robot.push(KeyCode.DOWN);
    robot.push(KeyCode.DELETE);
    assertEquals(1, all().size());
    robot.push(KeyCode.UP);
    robot.push(KeyCode.DELETE);
    assertEquals(List.of(), all());
  }

  @Test
  void aTwitchLeavesTheFirstLineOfCobbsAngle(FxRobot robot) {
    robot.push(KeyCode.SHIFT, KeyCode.C);
    drag(robot, at(-20, 20), at(0, 20), at(20, 20));
    Pane drawn = robot.from(pane(0)).lookup("#measurements").query();
    assertTrue(onFx(() -> drawn.getChildren().stream().anyMatch(Line.class::isInstance)));
    robot.clickOn(screen(at(-20, 40)), MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(onFx(() -> drawn.getChildren().stream().anyMatch(Line.class::isInstance)));
    drag(robot, at(-20, 40), at(0, 45), at(20, 60));
    assertEquals(26.6, Measures.cobb(all().get(0)), 2);
  }
}
