package org.loupe.viewer.panel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.scene.Scene;
import org.loupe.viewer.viewport.PaneTimer;

/** How long the last frames and super-resolutions of all panes took. FX thread. */
public final class Performance implements PaneTimer {

  /** Times that are kept of each kind. */
  static final int KEPT = 240;

  /** Frames that are farther apart do not belong to one movement, ms. */
  private static final double MOVEMENT_MILLIS = 250;

  private final Deque<Double> painting = new ArrayDeque<>();
  private final Deque<Double> frames = new ArrayDeque<>();
  private final Deque<Double> resolving = new ArrayDeque<>();
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");

  /** Painting of the pulse in progress, ms; 0 before the first pane. */
  private double pulse;

  private long pulseStart;
  private long before;

  /** Takes the end of each pulse of a scene as the end of a frame. */
  public void follow(Scene scene) {
    scene.addPostLayoutPulseListener(this::frame);
  }

  @Override
  public void painted(long start, double millis) {
    if (pulse == 0) {
      pulseStart = start;
    }
    pulse += millis;
  }

  @Override
  public void resolved(double millis) {
    add(resolving, millis);
    revision.set(revision.get() + 1);
  }

  private void frame() {
    if (pulse == 0) {
      return;
    }
    add(painting, pulse);
    double between = (pulseStart - before) / 1e6;
    if (before != 0 && between <= MOVEMENT_MILLIS) {
      add(frames, between);
    }
    before = pulseStart;
    pulse = 0;
    revision.set(revision.get() + 1);
  }

  private static void add(Deque<Double> times, double millis) {
    times.addLast(millis);
    if (times.size() > KEPT) {
      times.removeFirst();
    }
  }

  /** Rises with every new time. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** Painting all panes of a frame, ms, the oldest first. */
  public List<Double> painting() {
    return List.copyOf(painting);
  }

  /** From frame to frame while something moves, ms, the oldest first. */
  public List<Double> frames() {
    return List.copyOf(frames);
  }

  /** From the first missing super-resolved pixel of a view to the last, ms, the oldest first. */
  public List<Double> resolving() {
    return List.copyOf(resolving);
  }
}
