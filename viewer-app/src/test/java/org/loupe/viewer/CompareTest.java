package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.loupe.image.Interpolation;
import org.loupe.image.Vec3;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.PaneSettings;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.PicturePair;
import org.loupe.viewer.viewport.Probe;
import org.loupe.viewer.viewport.Split;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Comparing pictures and looking at what can be trusted, in the window, with the real engine. */
class CompareTest extends WindowTest {

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  private PaneSettings settings() {
    return pane(0).settings();
  }

  private String headline(FxRobot robot) {
    return robot.from(pane(0)).lookup("#badge-headline").queryAs(Label.class).getText();
  }

  private static boolean grey(int argb) {
    return (argb >> 16 & 255) == (argb & 255) && (argb >> 8 & 255) == (argb & 255);
  }

  @Test
  void blinkingShowsTheTwoPicturesByTurns(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    int[] second = pixels(pane(0), 0.5, 0.5, 100);
    robot.push(KeyCode.S);
    int[] first = pixels(pane(0), 0.5, 0.5, 100);
    robot.push(KeyCode.S);
    robot.push(KeyCode.B);
    assertEquals(Comparison.BLINK, pane(0).comparisonProperty().get());
    until(() -> !settings().blinkSecondProperty().get());
    boolean[] seen = new boolean[2];
    until(
        () -> {
          boolean two = settings().blinkSecondProperty().get();
          seen[two ? 1 : 0] = true;
          return seen[0] && seen[1];
        });
    // Between two turns of the timer both were on the screen; set by hand each is exact.
    robot.interact(() -> pane(0).comparisonProperty().set(Comparison.SUPER_RESOLVED));
    assertArrayEquals(second, pixels(pane(0), 0.5, 0.5, 100));
    robot.interact(() -> pane(0).comparisonProperty().set(Comparison.ORIGINAL));
    assertArrayEquals(first, pixels(pane(0), 0.5, 0.5, 100));
  }

  @Test
  void aDifferenceIsSignedColouredAndHasAScale(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    robot.push(KeyCode.D);
    assertEquals("super-resolved − interpolated", headline(robot));
    int[] difference = pixels(pane(0), 0.5, 0.5, 200);
    assertTrue(Arrays.stream(difference).anyMatch(c -> (c >> 16 & 255) > (c & 255) + 8));
    assertTrue(Arrays.stream(difference).anyMatch(c -> (c & 255) > (c >> 16 & 255) + 8));
    assertTrue(robot.from(pane(0)).lookup("#colour-bar").query().isVisible());
    // The other way round the signs change.
    robot.push(KeyCode.X);
    assertEquals("interpolated − super-resolved", headline(robot));
    int[] swapped = pixels(pane(0), 0.5, 0.5, 200);
    int turned = 0;
    int strong = 0;
    for (int i = 0; i < swapped.length; i++) {
      int a = (difference[i] >> 16 & 255) - (difference[i] & 255);
      int b = (swapped[i] >> 16 & 255) - (swapped[i] & 255);
      if (Math.abs(a) > 12) {
        strong++;
        turned += Integer.signum(a) == -Integer.signum(b) ? 1 : 0;
      }
    }
    assertTrue(strong > 50, strong + " pixels differ");
    assertEquals(strong, turned);
  }

  @Test
  void whereNothingIsSuperResolvedNothingIsComparedWithIt(FxRobot robot) throws Exception {
    robot.interact(
        () -> {
          pane(0).comparisonProperty().set(Comparison.ORIGINAL);
          PaneActions.zoomTo(pane(0), 0.9);
        });
    until(() -> pane(0).painted() && headline(robot).startsWith("Interpolated"));
    int[] original = pixels(pane(0), 0.5, 0.3, 60);
    Node line = robot.from(pane(0)).lookup("#wipe-divider").query();
    for (Comparison c : new Comparison[] {Comparison.WIPE, Comparison.DIFFERENCE}) {
      robot.interact(() -> pane(0).comparisonProperty().set(c));
      until(() -> pane(0).painted());
      assertTrue(headline(robot).startsWith("Interpolated"), headline(robot));
      assertFalse(line.isVisible());
      assertFalse(robot.from(pane(0)).lookup("#colour-bar").query().isVisible());
      assertArrayEquals(original, pixels(pane(0), 0.5, 0.3, 60));
    }
  }

  @Test
  void anyTwoPicturesCanBeComparedAtAnyAngle(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    robot.interact(
        () -> {
          settings().pairProperty().set(new PicturePair(Picture.ACQUIRED, Picture.OTHER));
          settings().splitProperty().set(new Split(0.5, 90));
          pane(0).comparisonProperty().set(Comparison.WIPE);
        });
    int[] above = pixels(pane(0), 0.3, 0.35, 40);
    // T1 is being cut in the background: its brain is brighter in its own window.
    until(() -> pixels(pane(0), 0.3, 0.65, 40)[0] != 0xff000000);
    int[] below = pixels(pane(0), 0.3, 0.65, 40);
    assertEquals("acquired pixels | other contrast", headline(robot));
    // Acquired pixels are blocks of three or four device pixels.
    int repeats = 0;
    for (int i = 1; i < 40; i++) {
      repeats += above[i] == above[i - 1] ? 1 : 0;
    }
    assertTrue(repeats > 20, repeats + " of 39");
    robot.interact(() -> settings().splitProperty().set(new Split(0.5, -90)));
    assertFalse(Arrays.equals(below, pixels(pane(0), 0.3, 0.65, 40)));
    robot.push(KeyCode.SHIFT, KeyCode.W);
    assertEquals(-75, settings().splitProperty().get().angle(), 1e-9);
  }

  @Test
  void theDividerIsDraggedAndTurned(FxRobot robot) throws Exception {
    robot.interact(() -> pane(0).comparisonProperty().set(Comparison.WIPE));
    Node line = robot.from(pane(0)).lookup("#wipe-divider").query();
    robot.drag(line, MouseButton.PRIMARY).moveBy(60, 0).drop();
    assertEquals(0.5 + 60 / pane(0).getWidth(), settings().splitProperty().get().position(), 0.03);
    Node knob = robot.from(pane(0)).lookup("#wipe-knob").query();
    robot.drag(knob, MouseButton.PRIMARY).moveBy(110, 110).drop();
    until(
        () -> {
          double angle = settings().splitProperty().get().angle();
          return angle > 30 && angle < 120;
        });
  }

  @Test
  void trustMapsLieOverTheImage(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    int[] plain = pixels(pane(0), 0.5, 0.5, 100);
    assertTrue(Arrays.stream(plain).allMatch(CompareTest::grey));
    robot.push(KeyCode.E);
    assertEquals(Overlay.EXPECTED_ERROR, settings().overlayProperty().get());
    int[] error = pixels(pane(0), 0.5, 0.5, 100);
    assertFalse(Arrays.stream(error).allMatch(CompareTest::grey));
    robot.push(KeyCode.A);
    int[] added = pixels(pane(0), 0.5, 0.5, 100);
    assertFalse(Arrays.equals(error, added));
    assertTrue(robot.from(pane(0)).lookup("#colour-bar").query().isVisible());
    robot.push(KeyCode.ESCAPE);
    assertArrayEquals(plain, pixels(pane(0), 0.5, 0.5, 100));
    assertFalse(robot.from(pane(0)).lookup("#colour-bar").query().isVisible());
  }

  @Test
  void theReadoutTellsOriginalResolvedAndExpectedError(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    Probe probe =
        onFx(
            () -> {
              pane(0).pointAtPatient(new Vec3(-30, 20, 0));
              return pane(0).probe();
            });
    assertEquals(TestStudy.brain(pane(0).stateProperty().get().slice()), probe.resolved(), 30);
    assertTrue(probe.expectedError() > 0, probe.toString());
    String text = robot.from(pane(0)).lookup("#probe").queryAs(Label.class).getText();
    assertTrue(text.contains("expected error ±"), text);
  }

  @Test
  void sideBySideTheTwoAreLinked(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    robot.interact(
        () -> settings().pairProperty().set(new PicturePair(Picture.ACQUIRED, Picture.RESOLVED)));
    robot.push(KeyCode.F2);
    robot.push(KeyCode.V);
    assertEquals(PaneLayout.TWO, window.grid().layoutProperty().get());
    assertEquals("t2", pane(1).seriesProperty().get().id());
    assertEquals(Comparison.ORIGINAL, pane(0).comparisonProperty().get());
    assertEquals(Interpolation.NEAREST, settings().kernelProperty().get());
    assertEquals(Comparison.SUPER_RESOLVED, pane(1).comparisonProperty().get());
    robot.push(KeyCode.PLUS);
    assertEquals(
        pane(0).stateProperty().get().mmPerPixel(), pane(1).stateProperty().get().mmPerPixel());
  }

  @Test
  void coloursInversionAndKernelChangeTheImage(FxRobot robot) throws Exception {
    // Tiles that fade in would change the picture between the two looks at it.
    until(() -> pane(0).settled());
    int[] plain = pixels(pane(0), 0.5, 0.5, 60);
    robot.push(KeyCode.I);
    int[] inverted = pixels(pane(0), 0.5, 0.5, 60);
    for (int i = 0; i < plain.length; i++) {
      assertEquals(255, (plain[i] & 255) + (inverted[i] & 255));
    }
    robot.push(KeyCode.I);
    robot.push(KeyCode.C);
    assertFalse(Arrays.stream(pixels(pane(0), 0.5, 0.5, 60)).allMatch(CompareTest::grey));
    robot.push(KeyCode.K);
    assertEquals(Interpolation.LANCZOS, settings().kernelProperty().get());
    assertTrue(headline(robot).isEmpty() || !headline(robot).contains("{"), headline(robot));
  }
}
