package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.loupe.image.RigidTransform;
import org.loupe.image.Vec3;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A patient's study linked with the one before, which lies in another frame of reference. */
class RegisteredTest extends WindowTest {

  /** How the head lay a year before: turned by 8 degrees, 9 mm to the left and 6 to the front. */
  private static final RigidTransform MOVED =
      RigidTransform.about(Vec3.ZERO, new Vec3(0, 0, Math.toRadians(8)), new Vec3(9, -6, 0));

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  private void hang(FxRobot robot, String patient) {
    robot.interact(() -> window.opened(TestStudy.earlier(patient, MOVED)));
    if (patient.equals("Test Person")) {
      command(robot, "priorCurrent");
    } else {
      robot.interact(
          () -> {
            var open = window.studies().find("t2-before").orElseThrow();
            window.link().show(pane(0), window.studies().find("t2").orElseThrow().series(), "");
            window.link().show(pane(1), open.series(), open.patientLines());
          });
    }
  }

  private static String said(FxRobot robot) {
    return robot.lookup("#status-text").queryAs(Label.class).getText();
  }

  private void look(FxRobot robot, Vec3 at, int slice) {
    robot.interact(
        () ->
            pane(0)
                .change(
                    s ->
                        s.withSlice(slice)
                            .withZoom(pane(0).plane(), 0.9)
                            .withCentre(pane(0).plane().toPixel(at))));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private Vec3 middle(int i) {
    ViewState s = pane(i).stateProperty().get();
    return pane(i).plane().toPatient(s.centre().column(), s.centre().row());
  }

  private boolean noted(int i) {
    return onFx(() -> pane(i).badgeProperty().get().lines().contains(Texts.of("badge.registered")));
  }

  @Test
  void bothStudiesGoToTheSamePlaceOnceRegistered(FxRobot robot) throws Exception {
    hang(robot, "Test Person");
    assertEquals("t2-before", pane(2).seriesProperty().get().id());
    ViewState alone = pane(2).stateProperty().get();
    Vec3 spot = new Vec3(TestStudy.SPOT_X, TestStudy.SPOT_Y, 5);
    look(robot, spot, 3);
    // Without a registration nothing links the two.
    assertEquals(alone, pane(2).stateProperty().get());
    assertFalse(noted(2));
    robot.push(KeyCode.SHIFT, KeyCode.H);
    until(() -> said(robot).startsWith("Linked by registering T2"));
    Vec3 expected = MOVED.apply(spot);
    for (int i : new int[] {2, 3}) {
      double error = onFx(() -> middle(2)).minus(expected).length();
      assertTrue(error < 1.5, error + " mm in pane " + i);
      int at = i;
      until(() -> pane(at).painted());
      assertTrue(noted(i), "pane " + i);
      assertEquals(
          pane(0).stateProperty().get().mmPerPixel(), pane(i).stateProperty().get().mmPerPixel());
    }
    assertFalse(noted(0));
    assertFalse(noted(1));
    look(robot, spot, 1);
    assertEquals(1, pane(2).stateProperty().get().slice());
    // The crosshair too, and the reference that guides the model stays in its own frame.
    robot.interact(() -> window.link().goTo(spot));
    Vec3 cross = onFx(() -> window.link().focusIn(pane(2).seriesProperty().get()));
    assertNotNull(cross);
    assertTrue(cross.minus(MOVED.apply(spot)).length() < 1.5, cross.toString());
    assertEquals(
        "t1", window.studies().subject(pane(0).seriesProperty().get(), 1).reference().id());
    // From the prior to the current one.
    robot.interact(() -> window.grid().activate(pane(2)));
    robot.interact(
        () -> pane(2).change(s -> s.withCentre(pane(2).plane().toPixel(MOVED.apply(Vec3.ZERO)))));
    assertTrue(onFx(() -> middle(0)).length() < 10.5);
    assertEquals(0, onFx(() -> middle(0)).x(), 1.5);
    // Off again, nothing follows and nothing says so.
    robot.push(KeyCode.SHIFT, KeyCode.H);
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> window.grid().activate(pane(0)));
    ViewState left = pane(2).stateProperty().get();
    look(robot, new Vec3(-20, 10, 5), 4);
    assertEquals(left, pane(2).stateProperty().get());
    until(() -> pane(2).painted());
    assertFalse(noted(2));
    assertNull(onFx(() -> window.link().focusIn(pane(2).seriesProperty().get())));
  }

  @Test
  void studiesOfDifferentNamesAreNotLinked(FxRobot robot) {
    hang(robot, "Somebody Else");
    command(robot, "registered");
    assertEquals(Texts.of("registered.otherPatient"), said(robot));
    ViewState alone = pane(1).stateProperty().get();
    look(robot, new Vec3(-20, 10, 5), 4);
    assertEquals(alone, pane(1).stateProperty().get());
  }
}
