package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Image2;
import org.loupe.image.LazySlices;
import org.loupe.image.SliceCache;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.study.Series;
import org.loupe.viewer.layout.HangingProtocol;
import org.loupe.viewer.layout.HangingProtocols;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.Plane;
import org.loupe.viewer.layout.Workspace;
import org.loupe.viewer.prefs.RecentStudies;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.Reformat;
import org.loupe.viewer.viewport.SrService;
import org.loupe.viewer.viewport.SrStatus;
import org.loupe.viewer.viewport.Windows;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Layouts, planes, lines and protocols in the window; not zoomed, so that no engine is needed. */
class ReadingRoomTest extends WindowTest {

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

  /** Runs a command by its id, as its menu item does. */
  private SlicePlane plane(int i) {
    return pane(i).plane();
  }

  private void reformatted(FxRobot robot, String id, Plane expected) throws Exception {
    String before = pane(0).seriesProperty().get().id();
    command(robot, "plane." + id);
    until(() -> !pane(0).seriesProperty().get().id().equals(before));
    assertEquals(expected, Plane.of(plane(0)));
  }

  @Test
  void everyLayoutHasItsPanesAndOneCanBeMaximised(FxRobot robot) {
    for (PaneLayout layout : PaneLayout.values()) {
      command(robot, "layout." + layout);
      assertEquals(layout.panes(), window.grid().getChildren().size(), layout.text());
    }
    robot.interact(() -> window.grid().activate(pane(1)));
    robot.push(KeyCode.M);
    assertEquals(List.of(pane(1)), window.grid().visible());
    assertEquals(1, window.grid().getChildren().size());
    robot.push(KeyCode.M);
    assertEquals(9, window.grid().visible().size());
    assertEquals(pane(1), window.active());
  }

  /** Whatever shows several panes shows all of them. */
  @Test
  void noPaneStaysMaximisedWhenOthersAreToBeSeen(FxRobot robot) {
    command(robot, "layout.FOUR");
    HangingProtocol protocol =
        HangingProtocols.shipped().stream()
            .filter(p -> p.paneLayout() == PaneLayout.FOUR)
            .findFirst()
            .orElseThrow();
    Workspace kept = onFx(() -> Workspace.of(window.grid(), window.link(), window.studies()));
    List<Runnable> ways =
        List.of(
            () -> window.hang(protocol),
            () ->
                kept.show(
                    window.grid(), window.link(), window.studies(), window.tools().reformatting()),
            () -> window.opened(TestStudy.earlier()),
            () -> window.tools().sideBySide().show(),
            () -> robot.lookup("#layout-FOUR").<ToggleButton>query().fire());
    for (Runnable way : ways) {
      robot.interact(
          () -> {
            window.grid().activate(pane(0));
            window.grid().toggleMaximised();
          });
      assertEquals(1, onFx(() -> window.grid().visible().size()));
      robot.interact(way);
      assertEquals(4, onFx(() -> window.grid().visible().size()));
      assertEquals(4, onFx(() -> window.grid().getChildren().size()));
    }
    robot.push(KeyCode.M);
    robot.push(KeyCode.F4);
    assertEquals(4, onFx(() -> window.grid().visible().size()));
  }

  @Test
  void aLackOfMemoryIsSaidAndEndsTheCutting(FxRobot robot) throws Exception {
    OpenSeries t2 = onFx(() -> window.studies().find("t2").orElseThrow());
    Series s = t2.series();
    Supplier<Image2> none =
        () -> {
          throw new OutOfMemoryError("for a test");
        };
    Volume tooLarge =
        new Volume(
            s.volume().planes(),
            new LazySlices(Collections.nCopies(s.volume().depth(), none), new SliceCache(0)));
    Series large =
        new Series(
            "t2",
            "",
            s.contrast(),
            "",
            s.frameOfReference(),
            tooLarge,
            null,
            s.instanceIds(),
            List.of());
    List<Optional<OpenSeries>> made = new ArrayList<>();
    robot.interact(
        () ->
            window
                .tools()
                .reformatting()
                .cut(pane(0), new OpenSeries(t2.study(), large), Reformat.coronal("c"), made::add));
    until(() -> !window.busy());
    assertEquals(List.of(Optional.empty()), made);
    assertEquals(Texts.of("plane.memory"), status(robot));
  }

  @Test
  void aSeriesIsCutAlongOtherPlanes(FxRobot robot) throws Exception {
    reformatted(robot, "coronal", Plane.CORONAL);
    // 128 mm wide, and 25 mm from the first slice to the last.
    assertEquals(1, plane(0).rowSpacing(), 1e-9);
    assertEquals(26, plane(0).rows());
    assertEquals(128, plane(0).columns());
    // Brain and spot are where they are: a pixel of a slice keeps its value.
    int slice = pane(0).seriesProperty().get().volume().nearestSlice(new Vec3(-30, 20, 0));
    SlicePlane cut = pane(0).seriesProperty().get().volume().plane(slice);
    var at = cut.toPixel(new Vec3(-30, 20, 5));
    float value =
        pane(0)
            .seriesProperty()
            .get()
            .volume()
            .slice(slice)
            .at((int) Math.round(at.column()), (int) Math.round(at.row()));
    assertEquals(TestStudy.brain(3), value, 30);
    // Cut pixels are no acquired ones: they are not super-resolved.
    assertFalse(window.studies().subject(pane(0).seriesProperty().get(), 0).allowed());
    reformatted(robot, "sagittal", Plane.SAGITTAL);
    command(robot, "plane.acquired");
    assertEquals("t2", pane(0).seriesProperty().get().id());
    assertTrue(window.studies().subject(pane(0).seriesProperty().get(), 0).allowed());
  }

  @Test
  void obliquePlanesAreTurnedByTheGivenAngles(FxRobot robot) throws Exception {
    command(robot, "plane.oblique");
    robot.interact(
        () -> {
          robot.lookup("#oblique-right").queryAs(TextField.class).setText("30");
          robot.lookup("#oblique-down").queryAs(TextField.class).setText("0");
        });
    robot.clickOn("#oblique-show");
    until(() -> !pane(0).seriesProperty().get().id().equals("t2"));
    Vec3 n = plane(0).normal();
    assertEquals(Math.cos(Math.toRadians(30)), Math.abs(n.z()), 1e-9);
    assertEquals(0, n.x(), 1e-9);
  }

  @Test
  void theActiveSliceIsALineInPanesThatItCuts(FxRobot robot) throws Exception {
    robot.interact(() -> window.grid().activate(pane(0)));
    reformatted(robot, "coronal", Plane.CORONAL);
    robot.interact(() -> window.grid().activate(pane(1)));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(1, robot.from(pane(0)).lookup(".reference-line").queryAll().size());
    robot.push(KeyCode.R);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(0, robot.from(pane(0)).lookup(".reference-line").queryAll().size());
    robot.push(KeyCode.R);
  }

  @Test
  void aClickOfTheCrosshairBringsAllPanesThere(FxRobot robot) throws Exception {
    reformatted(robot, "coronal", Plane.CORONAL);
    robot.interact(() -> window.grid().activate(pane(1)));
    robot.push(KeyCode.H);
    Vec3 target = new Vec3(10, -12, plane(1).origin().z());
    Point2D at = onFx(() -> pane(1).localToScreen(pane(1).coordinates().toPane(target)));
    robot.clickOn(at, MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(Math.abs(plane(0).distance(target)) < 1.5, plane(0).toString());
    assertFalse(robot.from(pane(0)).lookup(".crosshair-line").queryAll().isEmpty());
    assertFalse(robot.from(pane(1)).lookup(".crosshair-line").queryAll().isEmpty());
    // From the coronal pane the axial one follows along the body.
    Vec3 up = new Vec3(0, plane(0).origin().y(), 9.2);
    Point2D there = onFx(() -> pane(0).localToScreen(pane(0).coordinates().toPane(up)));
    robot.clickOn(there, MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(10, plane(1).origin().z(), 1e-9);
    robot.push(KeyCode.H);
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(robot.from(pane(1)).lookup(".crosshair-line").queryAll().isEmpty());
  }

  @Test
  void aProtocolHangsByContrastAndPlane(FxRobot robot) throws Exception {
    HangingProtocol protocol =
        HangingProtocols.shipped().stream()
            .filter(p -> p.layout().equals("2x2"))
            .findFirst()
            .orElseThrow();
    robot.interact(() -> window.hang(protocol));
    assertEquals(PaneLayout.FOUR, window.grid().layoutProperty().get());
    assertEquals("t2", pane(0).seriesProperty().get().id());
    assertNull(pane(1).seriesProperty().get());
    assertEquals("t1", pane(2).seriesProperty().get().id());
    // They lie where the user can edit them, and a file that cannot be read is said.
    Path file = folder.resolve(HangingProtocols.FILE);
    assertEquals(HangingProtocols.shipped(), HangingProtocols.of(file));
    List<OpenSeries> t1 = List.of(window.studies().find("t1").orElseThrow());
    assertFalse(protocol.fits(t1));
    assertEquals(Plane.AXIAL, Plane.of(plane(0)));
  }

  @Test
  void theCurrentStudyHangsOverItsPrior(FxRobot robot) {
    command(robot, "priorCurrent");
    assertEquals(Texts.of("protocol.noPrior"), status(robot));
    robot.interact(() -> window.opened(TestStudy.earlier()));
    command(robot, "priorCurrent");
    assertEquals(PaneLayout.FOUR, window.grid().layoutProperty().get());
    List<String> ids =
        window.grid().visible().stream().map(p -> p.seriesProperty().get().id()).toList();
    assertEquals(List.of("t2", "t1", "t2-before", "t1-before"), ids);
  }

  private static String status(FxRobot robot) {
    return robot.lookup("#status-text").queryAs(javafx.scene.control.Label.class).getText();
  }

  @Test
  void anonymousPanesNameNobody(FxRobot robot) {
    Label patient = robot.from(pane(0)).lookup("#pane-patient").queryAs(Label.class);
    assertTrue(patient.getText().contains("Test Person"));
    assertTrue(window.title().getValue().contains("Head"));
    robot.push(KeyCode.SHIFT, KeyCode.T);
    assertFalse(patient.getText().contains("Test Person"));
    assertFalse(window.title().getValue().contains("Head"));
    robot.push(KeyCode.SHIFT, KeyCode.T);
    robot.push(KeyCode.T);
    Node corner = patient.getParent();
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(corner.isVisible());
    assertTrue(robot.from(pane(0)).lookup("#badge-headline").query().isVisible());
    robot.push(KeyCode.T);
  }

  /** What the cells of a list say. */
  private static String said(FxRobot robot, String list, String texts) {
    WaitForAsyncUtils.waitForFxEvents();
    return robot
        .from(robot.lookup(list).<Node>query())
        .lookup(texts)
        .queryAllAs(Labeled.class)
        .stream()
        .filter(Node::isVisible)
        .map(l -> l.getText() == null ? "" : l.getText())
        .reduce("", (a, b) -> a + "\n" + b);
  }

  @Test
  void anonymousListsNameNobody(FxRobot robot) throws Exception {
    Path john = Files.createDirectories(folder.resolve("DoeJohn"));
    new RecentStudies(folder.resolve("recent.json"))
        .add(new RecentStudies.Entry(List.of(john.toString()), "John's head", "2026-01-02"));
    robot.interact(() -> window.opened(TestStudy.earlier()));
    String series = said(robot, "#series-list", ".label");
    assertTrue(series.contains("Head"), series);
    command(robot, "recent");
    String recent = said(robot, "#recent-list", ".list-cell");
    assertTrue(recent.contains("John's head") && recent.contains("DoeJohn"), recent);

    robot.push(KeyCode.SHIFT, KeyCode.T);
    recent = said(robot, "#recent-list", ".list-cell");
    assertFalse(recent.contains("John"), recent);
    assertTrue(recent.contains("2026-01-02"), recent);
    command(robot, "escape");
    series = said(robot, "#series-list", ".label");
    assertFalse(series.contains("Head"), series);
    assertTrue(series.contains(Texts.of("series.study", 1) + "   2026-01-02"), series);
    assertTrue(series.contains(Texts.of("series.study", 2) + "   2025-01-02"), series);
    command(robot, "recent");
    recent = said(robot, "#recent-list", ".list-cell");
    assertFalse(recent.contains("John"), recent);
    command(robot, "escape");
    robot.push(KeyCode.SHIFT, KeyCode.T);
    series = said(robot, "#series-list", ".label");
    assertTrue(series.contains("Head"), series);
  }

  @Test
  void presetsByDigitAndByWhatIsSeen(FxRobot robot) {
    robot.push(KeyCode.DIGIT9);
    assertEquals(
        Windows.LESION.of(pane(0).seriesProperty().get()), pane(0).stateProperty().get().window());
    robot.push(KeyCode.N);
    robot.push(KeyCode.DIGIT9);
    assertEquals(
        Windows.DARK.of(pane(1).seriesProperty().get()), pane(1).stateProperty().get().window());
    var before = pane(1).stateProperty().get().window();
    robot.push(KeyCode.Q);
    assertNotEquals(before, pane(1).stateProperty().get().window());
  }

  @Test
  void twoPanesOfOneSeriesShareTheirWindow(FxRobot robot) {
    robot.push(KeyCode.V);
    assertEquals("t2", pane(1).seriesProperty().get().id());
    robot.push(KeyCode.DIGIT6);
    assertEquals(pane(0).stateProperty().get().window(), pane(1).stateProperty().get().window());
  }

  @Test
  void recentStudiesAreListedWithoutNames() throws Exception {
    RecentStudies recent = new RecentStudies(folder.resolve("list.json"));
    Path a = Files.createDirectories(folder.resolve("a"));
    Path b = Files.createDirectories(folder.resolve("b"));
    recent.add(new RecentStudies.Entry(List.of(a.toString()), "Head", "2026-01-02"));
    recent.add(new RecentStudies.Entry(List.of(b.toString()), "Knee", ""));
    recent.add(new RecentStudies.Entry(List.of(a.toString()), "Head", "2026-01-02"));
    assertEquals(
        List.of("Head", "Knee"),
        recent.list().stream().map(RecentStudies.Entry::description).toList());
    Files.delete(b);
    assertEquals(1, recent.list().size());
    // A drive that is not there now may come back.
    recent.add(new RecentStudies.Entry(List.of(folder.toString()), "All", ""));
    Files.createDirectories(b);
    assertEquals(
        List.of("All", "Head", "Knee"),
        recent.list().stream().map(RecentStudies.Entry::description).toList());
    Files.writeString(folder.resolve("list.json"), "{");
    assertEquals(List.of(), recent.list());
  }

  @Test
  void theEngineIsLeftInPeace() {
    assertEquals(SrStatus.Phase.OFF, pane(1).status().phase());
  }
}
