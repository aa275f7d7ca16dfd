package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.loupe.image.Pixel;
import org.loupe.image.Vec3;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SrScheduler;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.Badge;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneGeometry;
import org.loupe.viewer.viewport.Probe;
import org.loupe.viewer.viewport.Split;
import org.loupe.viewer.viewport.SrService;
import org.loupe.viewer.viewport.SrStatus;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The whole way of a zoom, with the model that ships. */
class SuperResolutionTest extends WindowTest {

  /** Counts what passes through to the engine. */
  private static final class Counting implements SrService {
    final SrService engine;
    final AtomicInteger requests = new AtomicInteger();

    Counting(SrService engine) {
      this.engine = engine;
    }

    @Override
    public void request(Object owner, SrScheduler.Request request, SrScheduler.Listener listener) {
      requests.incrementAndGet();
      engine.request(owner, request, listener);
    }

    @Override
    public void expect(Object owner, List<SrScheduler.Upcoming> slices) {
      engine.expect(owner, slices);
    }

    @Override
    public void cancel(Object owner) {
      engine.cancel(owner);
    }

    @Override
    public ReadOnlyObjectProperty<ModelInfo> model() {
      return engine.model();
    }
  }

  private Counting counting;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) {
    counting = new Counting(service);
    return new MainWindow(counting, files, silent, () -> {});
  }

  private ImagePane pane() {
    return pane(0);
  }

  /** Grey values of the middle of the pane, which no text covers. */
  private int[] middle() {
    return onFx(
        () -> {
          WritableImage image = pane().snapshot(null, null);
          int w = (int) image.getWidth();
          int h = (int) image.getHeight();
          int[] argb = new int[200 * 200];
          image
              .getPixelReader()
              .getPixels(
                  w / 2 - 100,
                  h / 2 - 100,
                  200,
                  200,
                  PixelFormat.getIntArgbInstance(),
                  argb,
                  0,
                  200);
          for (int i = 0; i < argb.length; i++) {
            argb[i] &= 255;
          }
          return argb;
        });
  }

  private int[] shown(Comparison comparison) {
    onFx(
        () -> {
          pane().comparisonProperty().set(comparison);
          return null;
        });
    WaitForAsyncUtils.waitForFxEvents();
    return middle();
  }

  @Test
  void zoomingResolvesAndTheKeysCompare(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    Badge badge = pane().badgeProperty().get();
    assertEquals(Badge.Tone.RESOLVED, badge.tone());
    String lines = String.join("\n", badge.lines());
    ModelInfo model = engine.model().get();
    assertTrue(lines.contains("×3.3"), lines);
    assertTrue(lines.contains(model.name() + " " + model.version()), lines);
    assertTrue(lines.contains(model.device()), lines);
    assertTrue(lines.contains("t1_se"), lines);

    int[] resolved = middle();
    robot.push(KeyCode.S);
    WaitForAsyncUtils.waitForFxEvents();
    int[] original = middle();
    assertEquals(Badge.Tone.PLAIN, pane().badgeProperty().get().tone());
    assertFalse(java.util.Arrays.equals(resolved, original));
    robot.push(KeyCode.S);
    WaitForAsyncUtils.waitForFxEvents();
    assertArrayEquals(resolved, middle());

    onFx(
        () -> {
          pane().settings().splitProperty().set(Split.MIDDLE);
          return null;
        });
    robot.push(KeyCode.W);
    WaitForAsyncUtils.waitForFxEvents();
    int[] wiped = middle();
    for (int row = 0; row < 200; row++) {
      for (int column = 0; column < 200; column++) {
        int i = row * 200 + column;
        // The divider's line and its labels cover some pixels around the middle.
        if (row < 60 && Math.abs(column - 100) > 8) {
          assertEquals(column < 100 ? original[i] : resolved[i], wiped[i], "column " + column);
        }
      }
    }
  }

  @Test
  void windowingDoesNotAskTheEngineAgain(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    int before = counting.requests.get();
    int[] first = middle();
    robot.push(KeyCode.DIGIT6);
    robot.push(KeyCode.ALT, KeyCode.RIGHT);
    robot.push(KeyCode.ALT, KeyCode.DOWN);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(java.util.Arrays.equals(first, middle()));
    assertEquals(SrStatus.Phase.DONE, pane().status().phase());
    assertTrue(onFx(() -> pane().settled()));
    assertEquals(before, counting.requests.get());
  }

  @Test
  void neitherPositionNorBrightnessJumps(FxRobot robot) throws Exception {
    onFx(
        () -> {
          pane()
              .change(
                  s ->
                      s.withCentre(
                          pane().plane().toPixel(new Vec3(TestStudy.SPOT_X, TestStudy.SPOT_Y, 0))));
          return null;
        });
    resolved(robot, "3.37");
    // The full range, so that the spot is not clipped and stands out from the ventricle.
    robot.push(KeyCode.DIGIT3);
    PaneGeometry g = pane().geometry();
    Pixel spot = g.plane().toPixel(new Vec3(TestStudy.SPOT_X, TestStudy.SPOT_Y, 0));
    // The middle 200 pixels of the pane start here.
    double left = Math.floor(g.view().width() / 2.0) - 100;
    double top = Math.floor(g.view().height() / 2.0) - 100;
    int[] resolved = shown(Comparison.SUPER_RESOLVED);
    int[] original = shown(Comparison.ORIGINAL);
    double[] centre = centroid(original);
    assertEquals(g.deviceX(spot.column()) - left, centre[0], 0.3);
    assertEquals(g.deviceY(spot.row()) - top, centre[1], 0.3);
    double[] shift = shift(original, resolved);
    assertEquals(0, shift[0], 0.2);
    assertEquals(0, shift[1], 0.2);
    assertEquals(mean(original), mean(resolved), 1.5);
  }

  private static double mean(int[] grey) {
    return java.util.Arrays.stream(grey).average().orElseThrow();
  }

  /**
   * Displacement of b against a in pixels, by least squares on the gradient (Lucas and Kanade,
   * IJCAI 1981): {@code b - a = -shift . grad a}.
   */
  private static double[] shift(int[] a, int[] b) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double xd = 0;
    double yd = 0;
    for (int row = 1; row < 199; row++) {
      for (int column = 1; column < 199; column++) {
        int i = row * 200 + column;
        double gx = (a[i + 1] - a[i - 1]) / 2.0;
        double gy = (a[i + 200] - a[i - 200]) / 2.0;
        double d = a[i] - b[i];
        xx += gx * gx;
        xy += gx * gy;
        yy += gy * gy;
        xd += gx * d;
        yd += gy * d;
      }
    }
    double det = xx * yy - xy * xy;
    return new double[] {(xd * yy - yd * xy) / det, (yd * xx - xd * xy) / det};
  }

  /** Centre of what is brighter than 0.85 of the brightest. */
  private static double[] centroid(int[] grey) {
    int peak = java.util.Arrays.stream(grey).max().orElseThrow();
    double x = 0;
    double y = 0;
    double sum = 0;
    for (int i = 0; i < grey.length; i++) {
      double weight = Math.max(0, grey[i] - 0.85 * peak);
      int row = i / 200;
      x += weight * (i % 200);
      y += weight * row;
      sum += weight;
    }
    return new double[] {x / sum, y / sum};
  }

  @Test
  void scrollingDuringInferenceNeverShowsAnotherSlice(FxRobot robot) throws Exception {
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger seen = new AtomicInteger();
    // Brain beside the ventricle; each slice has a brightness of its own.
    Vec3 brain = new Vec3(-30, 20, 0);
    onFx(
        () -> {
          pane()
              .setOnPainted(
                  () -> {
                    int k = pane().stateProperty().get().slice();
                    Probe probe = pane().probe();
                    if (probe != null && !Double.isNaN(probe.resolved())) {
                      seen.incrementAndGet();
                      if (Math.abs(probe.resolved() - TestStudy.brain(k)) > 30) {
                        wrong.add("slice " + k + ": " + probe.resolved());
                      }
                    }
                  });
          return null;
        });
    resolved(robot, "2.6");
    for (int turn = 0; turn < 12; turn++) {
      robot.push(turn % 4 < 2 ? KeyCode.DOWN : KeyCode.UP);
      robot.push(KeyCode.HOME);
      robot.push(turn % 2 == 0 ? KeyCode.END : KeyCode.DOWN);
      onFx(
          () -> {
            pane().pointAtPatient(brain);
            return null;
          });
      int before = counting.requests.get();
      // Leave in the middle of the inference: as soon as the request has been made.
      WaitForAsyncUtils.waitFor(
          60,
          TimeUnit.SECONDS,
          () -> counting.requests.get() > before || onFx(() -> pane().settled()));
    }
    untilResolved();
    onFx(
        () -> {
          pane().pointAtPatient(brain);
          pane().refresh();
          return null;
        });
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(List.of(), wrong);
    assertTrue(seen.get() > 0);
  }

  /** As a linked pane may be, whose pixels are larger than those of the active one. */
  @Test
  void aZoomBeyondTheEnginesReachIsNoFailure(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    int before = counting.requests.get();
    robot.interact(
        () -> {
          ViewState s = pane().stateProperty().get();
          pane().setState(s.withPlace(s.centre(), 1 / 20.0));
        });
    until(() -> pane().painted() && pane().settled());
    assertEquals(SrStatus.Phase.OFF, pane().status().phase());
    Badge badge = pane().badgeProperty().get();
    assertEquals(Badge.Tone.PLAIN, badge.tone());
    assertEquals(List.of("×20", Texts.of("badge.tooFar", "16")), badge.lines());
    assertEquals(before, counting.requests.get());
    robot.interact(() -> PaneActions.zoomTo(pane(), 16));
    untilResolved();
  }

  @Test
  void closingTheStudyEndsItAll(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    robot.push(KeyCode.DOWN);
    robot.push(KeyCode.SHORTCUT, KeyCode.W);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(SrStatus.Phase.OFF, pane().status().phase());
    assertEquals(null, pane().stateProperty().get());
    int before = counting.requests.get();
    onFx(
        () -> {
          window.opened(TestStudy.loaded());
          return null;
        });
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> counting.requests.get() > before);
    untilResolved();
  }
}
