package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.List;

/** All who hear of a pane's times. */
final class PaneTimers implements PaneTimer {

  private final List<PaneTimer> all = new ArrayList<>();

  void add(PaneTimer timer) {
    all.add(timer);
  }

  @Override
  public void painted(long start, double millis) {
    all.forEach(t -> t.painted(start, millis));
  }

  @Override
  public void resolved(double millis) {
    all.forEach(t -> t.resolved(millis));
  }
}
