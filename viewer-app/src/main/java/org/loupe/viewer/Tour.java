package org.loupe.viewer;

import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.util.Duration;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.panel.TourBar;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.PicturePair;
import org.loupe.viewer.viewport.Split;

/**
 * A guided tour for demonstrations: one picture after another, with a sentence to each. It goes on
 * by itself when a picture has been complete for a while, or by its buttons.
 */
final class Tour {

  /** How often it is looked whether the picture is complete. */
  private static final Duration LOOK = Duration.millis(250);

  /** Looks at a complete picture before the next one comes. */
  private static final int LOOKS = 24;

  private static final double ZOOM = 3.4;

  /** One picture. */
  private record Step(String id, Runnable enter) {}

  private final PaneGrid grid;
  private final TourBar bar;
  private final List<Step> steps =
      List.of(
          new Step("start", this::start),
          new Step("zoom", this::zoom),
          new Step("wipe", this::wipe),
          new Step("difference", () -> show(Comparison.DIFFERENCE, Overlay.NONE)),
          new Step("error", () -> show(Comparison.SUPER_RESOLVED, Overlay.EXPECTED_ERROR)),
          new Step("guidance", () -> show(Comparison.SUPER_RESOLVED, Overlay.GUIDANCE)),
          new Step("original", () -> show(Comparison.ORIGINAL, Overlay.NONE)),
          new Step("end", () -> show(Comparison.SUPER_RESOLVED, Overlay.NONE)));
  private final Timeline clock = new Timeline(new KeyFrame(LOOK, e -> look()));
  private Timeline movement = new Timeline();
  private int step = -1;
  private int looks;

  Tour(PaneGrid grid, TourBar bar) {
    this.grid = grid;
    this.bar = bar;
    clock.setCycleCount(Animation.INDEFINITE);
    bar.setActions(() -> go(step - 1), this::pause, () -> go(step + 1), this::end);
  }

  private ImagePane pane() {
    return grid.all().get(0);
  }

  boolean running() {
    return step >= 0;
  }

  /** Begins the tour, or ends it; nothing to be shown is nothing to be toured. */
  void toggle() {
    if (running()) {
      end();
    } else if (pane().stateProperty().get() != null) {
      bar.setVisible(true);
      go(0);
      clock.play();
      bar.paused(false);
    }
  }

  /** Ends it; the pane keeps its place. */
  void end() {
    if (running()) {
      clock.stop();
      movement.stop();
      step = -1;
      bar.setVisible(false);
      show(Comparison.SUPER_RESOLVED, Overlay.NONE);
    }
  }

  private void pause() {
    boolean on = clock.getStatus() == Animation.Status.RUNNING;
    if (on) {
      clock.pause();
    } else {
      clock.play();
    }
    bar.paused(on);
  }

  private void go(int next) {
    if (next >= steps.size()) {
      end();
      return;
    }
    movement.stop();
    step = Math.max(0, next);
    looks = 0;
    if (pane().stateProperty().get() == null) {
      end();
      return;
    }
    bar.show(Texts.of("tour." + steps.get(step).id()), step + 1, steps.size());
    steps.get(step).enter().run();
  }

  private void look() {
    if (pane().stateProperty().get() == null) {
      end();
      return;
    }
    boolean complete = movement.getStatus() != Animation.Status.RUNNING && pane().settled();
    looks = complete ? looks + 1 : 0;
    if (looks >= LOOKS) {
      go(step + 1);
    }
  }

  private void start() {
    grid.show(PaneLayout.TWO);
    grid.activate(pane());
    show(Comparison.ORIGINAL, Overlay.NONE);
    pane().fit();
  }

  private void zoom() {
    show(Comparison.SUPER_RESOLVED, Overlay.NONE);
    ImagePane pane = pane();
    double from = pane.stateProperty().get().zoom(pane.plane());
    move(from, Math.max(ZOOM, 2 * from), 3, z -> PaneActions.zoomTo(pane, z));
  }

  private void wipe() {
    pane().settings().pairProperty().set(PicturePair.DEFAULT);
    show(Comparison.WIPE, Overlay.NONE);
    move(0.2, 0.8, 5, at -> pane().settings().splitProperty().set(new Split(at, 0)));
  }

  private void show(Comparison comparison, Overlay overlay) {
    pane().settings().resolvedProperty().set(Picture.RESOLVED);
    pane().settings().overlayProperty().set(overlay);
    pane().comparisonProperty().set(comparison);
  }

  /** Changes a value from one to another, slowly at both ends. */
  private void move(double from, double to, double seconds, DoubleConsumer moved) {
    DoubleProperty value = new SimpleDoubleProperty(from);
    value.subscribe(v -> moved.accept(v.doubleValue()));
    movement =
        new Timeline(
            new KeyFrame(
                Duration.seconds(seconds), new KeyValue(value, to, Interpolator.EASE_BOTH)));
    movement.play();
  }
}
