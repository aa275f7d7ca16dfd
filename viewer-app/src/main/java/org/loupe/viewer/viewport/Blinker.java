package org.loupe.viewer.viewport;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/** Turns a blinking pane from one picture to the other. */
final class Blinker {

  /** Time that each picture stays: slow enough to be looked at, quick enough to see a change. */
  private static final Duration TURN = Duration.millis(700);

  private final Timeline timeline;

  Blinker(PaneSettings settings) {
    timeline =
        new Timeline(
            new KeyFrame(
                TURN,
                e -> settings.blinkSecondProperty().set(!settings.blinkSecondProperty().get())));
    timeline.setCycleCount(Animation.INDEFINITE);
  }

  void run(boolean on) {
    if (on) {
      timeline.play();
    } else {
      timeline.stop();
    }
  }
}
