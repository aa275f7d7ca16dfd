package org.loupe.viewer;

import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import org.loupe.viewer.viewport.ImagePane;

/** Runs through the slices of the active pane, from the first to the last and again. */
final class Cine {

  private final Supplier<ImagePane> active;
  private final Timeline timeline;

  /**
   * @param slicesPerSecond speed at rate 1
   */
  Cine(Supplier<ImagePane> active, double slicesPerSecond) {
    this.active = active;
    timeline = new Timeline(new KeyFrame(Duration.seconds(1 / slicesPerSecond), e -> step()));
    timeline.setCycleCount(Animation.INDEFINITE);
  }

  private void step() {
    ImagePane pane = active.get();
    if (pane.seriesProperty().get() == null) {
      timeline.stop();
      return;
    }
    int depth = pane.seriesProperty().get().volume().depth();
    pane.change(s -> s.withSlice((s.slice() + 1) % depth));
  }

  /** Starts, or stops where it is. */
  void toggle() {
    if (running()) {
      timeline.stop();
    } else {
      timeline.play();
    }
  }

  boolean running() {
    return timeline.getStatus() == Animation.Status.RUNNING;
  }

  void stop() {
    timeline.stop();
  }

  /** Twice or half as fast, within 1/8 and 4 times. */
  void faster(double factor) {
    timeline.setRate(Math.clamp(timeline.getRate() * factor, 0.125, 4));
  }
}
