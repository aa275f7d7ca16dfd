package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.loupe.image.Vec3;
import org.loupe.image.Window;
import org.loupe.viewer.layout.Workspace;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneGeometry;
import org.loupe.viewer.viewport.SrStatus;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Quarter turns and mirrored panes, in the window. */
class TurnTest extends WindowTest {

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  /** The patient at a place beside the pane's middle, device pixels right and down. */
  private Vec3 beside(int right, int down) {
    PaneGeometry g = pane(0).geometry();
    return g.patientAt((g.view().width() - 1) / 2.0 + right, (g.view().height() - 1) / 2.0 + down);
  }

  /** Device pixels about a place. */
  private static final int AROUND = 6;

  private List<Vec3> around() {
    return onFx(
        () -> Stream.of(beside(60, 0), beside(0, 60), beside(-60, 0), beside(0, -60)).toList());
  }

  private static void near(Vec3 expected, Vec3 actual) {
    assertEquals(0, expected.minus(actual).length(), 0.5, expected + " and " + actual);
  }

  private void settled() throws Exception {
    until(
        () -> {
          ImagePane pane = pane(0);
          return pane.settled() && pane.painted() && pane.status().phase() == SrStatus.Phase.DONE;
        });
  }

  private void turn(FxRobot robot, KeyCode key) throws Exception {
    robot.push(KeyCode.ALT, KeyCode.SHIFT, key);
    settled();
  }

  @Test
  void theImageTurnsAboutTheMiddleAndIsSuperResolvedAgain(FxRobot robot) throws Exception {
    robot.interact(() -> pane(0).change(s -> s.zoomedAround(pane(0).plane(), 2, 40, -30)));
    settled();
    List<Vec3> before = around();
    ViewState view = onFx(() -> pane(0).stateProperty().get());
    List<Double> values = values(before);

    // What was above is to the right now.
    turn(robot, KeyCode.RIGHT);
    near(before.get(3), around().get(0));
    near(before.get(0), around().get(1));
    assertSamePicture(values, before);
    assertEquals(0, mirrored());
    turn(robot, KeyCode.LEFT);
    near(before.get(0), around().get(0));
    assertEquals(view.mmPerPixel(), onFx(() -> pane(0).stateProperty().get().mmPerPixel()));
    assertEquals(view.slice(), onFx(() -> pane(0).stateProperty().get().slice()));

    turn(robot, KeyCode.H);
    assertEquals(1, mirrored());
    near(before.get(2), around().get(0));
    near(before.get(1), around().get(1));
    // Both make half a turn.
    turn(robot, KeyCode.V);
    assertEquals(0, mirrored());
    near(before.get(3), around().get(1));
    assertSamePicture(values, before);
    // The other pane shows the same place of the patient, as it was.
    Vec3 middle = onFx(() -> beside(0, 0));
    ViewState other = onFx(() -> pane(1).stateProperty().get());
    near(
        middle,
        onFx(() -> pane(1).plane().toPatient(other.centre().column(), other.centre().row())));

    turn(robot, KeyCode.DIGIT0);
    near(before.get(0), around().get(0));
    near(before.get(1), around().get(1));
  }

  /** Lines of the badge that say so. */
  private long mirrored() {
    String word = Texts.of("badge.mirrored");
    return onFx(() -> pane(0).badgeProperty().get().lines().stream().filter(word::equals).count());
  }

  private List<Double> values(List<Vec3> places) {
    return onFx(() -> places.stream().map(this::value).toList());
  }

  /** The network knows no turned slices by heart. */
  private void assertSamePicture(List<Double> values, List<Vec3> places) {
    List<Double> now = values(places);
    for (int i = 0; i < values.size(); i++) {
      assertEquals(values.get(i), now.get(i), 0.03 * values.get(i), "place " + i);
    }
  }

  /**
   * The mean of the super-resolved pixels around a place of the patient: device pixels lie a part
   * of a pixel elsewhere when the pane is turned.
   */
  private double value(Vec3 at) {
    PaneGeometry g = pane(0).geometry();
    var p = g.plane().toPixel(at);
    int x = g.view().x() + (int) Math.round(g.deviceX(p.column()));
    int y = g.view().y() + (int) Math.round(g.deviceY(p.row()));
    double sum = 0;
    for (int dy = -AROUND; dy <= AROUND; dy++) {
      for (int dx = -AROUND; dx <= AROUND; dx++) {
        sum += pane(0).resolvedAt(x + dx, y + dy);
      }
    }
    return sum / ((2 * AROUND + 1) * (2 * AROUND + 1));
  }

  @Test
  void aKeptViewIsTurnedAsItWas(FxRobot robot) throws Exception {
    turn(robot, KeyCode.RIGHT);
    List<Vec3> before = around();
    Workspace kept = onFx(() -> Workspace.of(window.grid(), window.link(), window.studies()));
    turn(robot, KeyCode.DIGIT0);
    assertTrue(before.get(0).minus(around().get(0)).length() > 5);
    robot.interact(
        () ->
            kept.show(
                window.grid(), window.link(), window.studies(), window.tools().reformatting()));
    settled();
    near(before.get(0), around().get(0));
    near(before.get(1), around().get(1));
  }

  @Test
  void sideBySideKeepsWhatATurnedPaneShows(FxRobot robot) throws Exception {
    turn(robot, KeyCode.RIGHT);
    turn(robot, KeyCode.H);
    robot.interact(
        () -> {
          PaneActions.scroll(pane(0), 2);
          pane(0).change(s -> s.zoomedAround(pane(0).plane(), 2, 40, -30));
          pane(0).change(s -> s.withWindow(new Window(321, 123)));
        });
    settled();
    ViewState view = onFx(() -> pane(0).stateProperty().get());
    List<Vec3> before = around();
    robot.push(KeyCode.V);
    assertEquals(view, onFx(() -> pane(0).stateProperty().get()));
    until(() -> pane(0).painted() && pane(1).painted());
    near(before.get(0), around().get(0));
    near(before.get(1), around().get(1));
    // The other pane shows the same, turned in the same way.
    assertEquals(onFx(() -> pane(0).plane()), onFx(() -> pane(1).plane()));
    ViewState other = onFx(() -> pane(1).stateProperty().get());
    assertEquals(view.slice(), other.slice());
    assertEquals(view.mmPerPixel(), other.mmPerPixel());
    assertEquals(view.window(), other.window());
    assertEquals(view.centre().column(), other.centre().column(), 1e-9);
    assertEquals(view.centre().row(), other.centre().row(), 1e-9);
  }

  @Test
  void aPlaceOfBeforeIsFoundAgainInATurnedPane(FxRobot robot) throws Exception {
    robot.interact(() -> pane(0).change(s -> s.zoomedAround(pane(0).plane(), 3, 50, 20)));
    settled();
    Vec3 there = onFx(() -> beside(0, 0));
    robot.interact(() -> window.tools().history().keep());
    turn(robot, KeyCode.RIGHT);
    robot.interact(() -> pane(0).fit());
    settled();
    assertTrue(onFx(() -> beside(0, 0)).minus(there).length() > 5);
    robot.interact(() -> window.tools().history().back());
    settled();
    near(there, onFx(() -> beside(0, 0)));
  }
}
