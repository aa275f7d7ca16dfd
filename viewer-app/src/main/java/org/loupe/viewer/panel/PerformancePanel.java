package org.loupe.viewer.panel;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.SrService;

/** Frame times and times to super-resolution as they are here and now. */
public final class PerformancePanel extends VBox {

  /** A frame of a screen with 60 Hz, ms. */
  private static final double FRAME_MILLIS = 1000.0 / 60;

  /** A view that comes within this time follows a hand, ms. */
  private static final double FOLLOWS_MILLIS = 300;

  private final Performance times;
  private final Figure frames = new Figure("frames", FRAME_MILLIS);
  private final Figure painting = new Figure("painting", FRAME_MILLIS);
  private final Figure resolving = new Figure("resolving", FOLLOWS_MILLIS);

  public PerformancePanel(Performance times, SrService service) {
    super(10);
    this.times = times;
    setId("performance-panel");
    getStyleClass().add("side-panel");
    Label machine = new Label();
    machine.setWrapText(true);
    service
        .model()
        .subscribe(
            m ->
                machine.setText(
                    Texts.of(
                        "performance.machine",
                        Runtime.getRuntime().availableProcessors(),
                        m == null ? "–" : m.device(),
                        m == null ? "–" : m.name() + " " + m.version())));
    getChildren().addAll(frames, painting, resolving, machine);
    times.revisionProperty().subscribe(this::show);
    sceneProperty().subscribe(this::show);
    List.of(frames, painting, resolving).forEach(f -> f.show(List.of()));
  }

  private void show() {
    // Behind another panel there is nothing to draw.
    if (getScene() != null) {
      frames.show(times.frames());
      painting.show(times.painting());
      resolving.show(times.resolving());
    }
  }

  /** One figure: heading, numbers and course. */
  private static final class Figure extends VBox {
    private final Label numbers = new Label();
    private final Sparkline line;

    Figure(String id, double goal) {
      super(3);
      line = new Sparkline(goal, Performance.KEPT);
      Label heading = new Label(Texts.of("performance." + id));
      heading.getStyleClass().add("sheet-heading");
      heading.setWrapText(true);
      numbers.setId("performance-" + id);
      getChildren().addAll(heading, numbers, line);
    }

    void show(List<Double> values) {
      line.show(values);
      double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
      int n = sorted.length;
      numbers.setText(
          n == 0
              ? Texts.of("performance.none")
              : Texts.of(
                  "performance.numbers",
                  number(values.get(n - 1)),
                  number(sorted[n / 2]),
                  number(sorted[(int) Math.round(0.95 * (n - 1))])));
    }

    private static String number(double millis) {
      return millis < 100 ? PaneText.one(millis) : Long.toString(Math.round(millis));
    }
  }
}
