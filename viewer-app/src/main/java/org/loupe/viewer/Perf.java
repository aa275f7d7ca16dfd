package org.loupe.viewer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.layout.FrameAlignment;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.study.HangingOrder;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.StudyOpener;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.SrStatus;

/**
 * Scripts zoom and pan gestures on three linked panes and measures them. Frames are drawn as fast
 * as the machine can, so the time between two of them is the time that one takes: the gesture's
 * change, interpolating and mixing three panes, and JavaFX's software pipeline.
 */
final class Perf {

  private static final int PANE = 640;
  private static final double FRAME_MILLIS = 1000.0 / 60;

  /** Frames drawn before those that count: until then the JVM compiles. */
  private static final int WARM_UP = 120;

  private final String model;
  private final int frames;
  private final int jumps;
  private final long timeoutSeconds;
  private HeadlessStage stage;
  private EngineService engine;
  private PaneGrid grid;

  /**
   * @param model a model's name, or the folder of its package
   * @param frames frames of the zooming and of the panning gesture, each
   * @param jumps zooms after which the time to super-resolution is taken
   */
  Perf(String model, int frames, int jumps, long timeoutSeconds) {
    this.model = model;
    this.frames = frames;
    this.jumps = jumps;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** Figures by name, in the order in which they are printed. */
  Map<String, Object> measure(Path study) throws CommandFailure {
    HeadlessStage.setDefault("javafx.animation.fullspeed", "true");
    Loaded loaded = StudyOpener.oriented(new StudyLoader().load(List.of(study), Progress.NONE));
    try (HeadlessStage headless = new HeadlessStage(timeoutSeconds, Texts.of("perf.timeout"))) {
      stage = headless;
      stage.run(() -> open(loaded));
      ImagePane pane = grid.activeProperty().get();
      if (pane.seriesProperty().get() == null) {
        throw new CommandFailure(ExitStatus.UNREADABLE_INPUT, Texts.of("open.nothing"));
      }
      jump(pane, 3);
      run(pane, WARM_UP, Perf::zooms);
      resolved(pane);
      return measure(pane);
    } finally {
      if (engine != null) {
        engine.close();
      }
    }
  }

  /** The gestures that count. */
  private Map<String, Object> measure(ImagePane pane) throws CommandFailure {
    List<Double> all = new ArrayList<>();
    List<Double> latencies = new ArrayList<>();
    List<Double> details = new ArrayList<>();
    double srFps;
    FxWatch watch = FxWatch.start();
    try (watch) {
      stage.run(() -> pane.setOnCompleted(details::add));
      long start = System.nanoTime();
      all.addAll(run(pane, frames, Perf::zooms));
      double seconds = (System.nanoTime() - start) / 1e9;
      stage.run(() -> pane.setOnCompleted(detail -> {}));
      srFps = details.size() / seconds;
      resolved(pane);
      all.addAll(run(pane, frames, Perf::pans));
      resolved(pane);
      for (int i = 0; i < jumps; i++) {
        latencies.add(jump(pane, 2.13 + 0.37 * ((i * 5) % 7) + 0.011 * i));
      }
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frame_ms", spread(all));
    out.put("sr_latency_ms", spread(latencies));
    out.put("dropped_frames", dropped(all));
    out.put("sr_fps", round(srFps));
    out.put("sr_detail", details.isEmpty() ? 0.0 : spread(details).get("median"));
    out.put("fx_blocked_ms", round(watch.longestMillis()));
    out.put("fx_blocks_over_50_ms", watch.felt());
    out.put("frames", all.size());
    out.put("panes", "3 x " + PANE + "x" + PANE);
    out.put("pipeline", "software");
    out.put("processors", Runtime.getRuntime().availableProcessors());
    out.put("device", engine.model().get() == null ? "" : engine.model().get().device());
    return out;
  }

  private void open(Loaded loaded) {
    Themes.dark();
    engine = Engines.with(model, new Milestones(null));
    OpenStudies studies = new OpenStudies();
    grid = new PaneGrid(() -> new ImagePane(engine, studies));
    grid.getStylesheets().add(MainWindow.STYLE);
    grid.layoutProperty().set(PaneLayout.THREE);
    PaneLink link = new PaneLink(grid, FrameAlignment.of(studies::paired));
    stage.show(new Scene(grid, 3 * PANE + 2, PANE), () -> grid.all().forEach(ImagePane::clear));
    List<OpenSeries> order = HangingOrder.of(studies.add(loaded));
    for (int i = 0; i < PaneLayout.THREE.panes() && !order.isEmpty(); i++) {
      OpenSeries open = order.get(i % order.size());
      link.show(grid.all().get(i), open.series(), open.patientLines());
    }
  }

  /** One frame of a gesture. */
  private interface Gesture {
    void frame(ImagePane pane, int number);
  }

  /** In and out by a few percent a frame, as a pinch does; about a point beside the middle. */
  private static void zooms(ImagePane pane, int number) {
    double factor = number % 120 < 60 ? 1.012 : 1 / 1.012;
    pane.change(s -> s.zoomedAround(pane.plane(), factor, 40, -25));
  }

  /** Along a circle. */
  private static void pans(ImagePane pane, int number) {
    double t = number * 0.06;
    pane.change(s -> s.panned(pane.plane(), 5 * Math.cos(t), 5 * Math.sin(t)));
  }

  /** Runs a gesture and returns the time of each frame, ms. */
  private List<Double> run(ImagePane pane, int count, Gesture gesture) throws CommandFailure {
    List<Double> times = new ArrayList<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    AnimationTimer timer =
        new AnimationTimer() {
          private long before;
          private int number;

          @Override
          public void handle(long now) {
            long nano = System.nanoTime();
            if (before != 0) {
              times.add((nano - before) / 1e6);
            }
            before = nano;
            if (number == count) {
              stop();
              done.complete(null);
              return;
            }
            gesture.frame(pane, number++);
          }
        };
    stage.run(timer::start);
    stage.await(done);
    return times;
  }

  /** Goes to a zoom and returns the time until all of the pane is super-resolved, ms. */
  private double jump(ImagePane pane, double zoom) throws CommandFailure {
    long[] start = new long[1];
    stage.run(
        () -> {
          start[0] = System.nanoTime();
          PaneActions.zoomTo(pane, zoom);
        });
    return (resolved(pane) - start[0]) / 1e6;
  }

  /** Waits until the pane is super-resolved; the moment at which it was. */
  private long resolved(ImagePane pane) throws CommandFailure {
    return stage.until(
        () -> {
          SrStatus status = pane.status();
          if (status.phase() == SrStatus.Phase.FAILED) {
            throw new CommandFailure(ExitStatus.ENGINE_FAILURE, status.message());
          }
          boolean shown = pane.badgeProperty().get() != null && pane.painted();
          if (shown && status.phase() == SrStatus.Phase.OFF) {
            throw new CommandFailure(ExitStatus.UNREADABLE_INPUT, Texts.of("perf.noT2"));
          }
          return status.phase() == SrStatus.Phase.DONE && pane.painted();
        });
  }

  /** Frames of a 60 Hz screen that were missed. */
  static long dropped(List<Double> millis) {
    return millis.stream()
        .mapToLong(t -> Math.max(0, (long) Math.ceil(t / FRAME_MILLIS) - 1))
        .sum();
  }

  static Map<String, Double> spread(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    Map<String, Double> out = new LinkedHashMap<>();
    out.put("median", round(percentile(sorted, 0.5)));
    out.put("p95", round(percentile(sorted, 0.95)));
    return out;
  }

  private static double percentile(double[] sorted, double part) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(part * (sorted.length - 1))];
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
