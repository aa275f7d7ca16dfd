package org.loupe.viewer.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;

/**
 * Where the panes have been: a step is kept when the view has been still for a while, so that a
 * turn of the wheel is one step. Windows are no steps.
 */
public final class ViewHistory {

  private static final Duration STILL = Duration.millis(600);
  private static final int STEPS = 100;

  /** A place: the view of each pane that had one. */
  private record Step(Map<ImagePane, ViewState> views) {

    boolean samePlaces(Step o) {
      if (!views.keySet().equals(o.views.keySet())) {
        return false;
      }
      for (Map.Entry<ImagePane, ViewState> e : views.entrySet()) {
        ViewState a = e.getValue();
        ViewState b = o.views.get(e.getKey());
        if (!samePlace(a, b)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean samePlace(ViewState a, ViewState b) {
    return a.slice() == b.slice()
        && a.mmPerPixel() == b.mmPerPixel()
        && a.centre().equals(b.centre());
  }

  private final PaneGrid grid;
  private final PaneLink link;
  private final PauseTransition still = new PauseTransition(STILL);
  private final List<Step> steps = new ArrayList<>();
  private int at = -1;
  private boolean going;

  public ViewHistory(PaneGrid grid, PaneLink link) {
    this.grid = grid;
    this.link = link;
    still.setOnFinished(e -> keep());
    for (ImagePane pane : grid.all()) {
      pane.stateProperty()
          .subscribe(
              () -> {
                if (!going) {
                  still.playFromStart();
                }
              });
    }
  }

  /** Keeps the place of now, if it is another one than the last. */
  public void keep() {
    still.stop();
    Map<ImagePane, ViewState> views = new HashMap<>();
    for (ImagePane pane : grid.visible()) {
      if (pane.stateProperty().get() != null) {
        views.put(pane, pane.stateProperty().get());
      }
    }
    Step now = new Step(views);
    if (views.isEmpty() || (at >= 0 && steps.get(at).samePlaces(now))) {
      return;
    }
    while (steps.size() > at + 1) {
      steps.remove(steps.size() - 1);
    }
    steps.add(now);
    if (steps.size() > STEPS) {
      steps.remove(0);
    }
    at = steps.size() - 1;
  }

  /** Goes back to the place before; false when there is none. */
  public boolean back() {
    keep();
    return go(at - 1);
  }

  /** Goes forward again; false when there is nothing to go to. */
  public boolean forward() {
    return go(at + 1);
  }

  private boolean go(int to) {
    if (to < 0 || to >= steps.size()) {
      return false;
    }
    at = to;
    boolean linked = link.onProperty().get();
    going = true;
    link.onProperty().set(false);
    try {
      for (Map.Entry<ImagePane, ViewState> e : steps.get(to).views().entrySet()) {
        ImagePane pane = e.getKey();
        ViewState s = e.getValue();
        boolean fits =
            pane.stateProperty().get() != null
                && s.slice() < pane.seriesProperty().get().volume().depth();
        if (fits) {
          pane.setState(s.withWindow(pane.stateProperty().get().window()));
        }
      }
    } finally {
      link.onProperty().set(linked);
      going = false;
    }
    return true;
  }

  /** The views that a pane has had in a row, the oldest first; a view of the same place once. */
  public List<ViewState> of(ImagePane pane) {
    List<ViewState> views = new ArrayList<>();
    for (Step step : steps.subList(0, at + 1)) {
      ViewState s = step.views().get(pane);
      boolean shown =
          s != null
              && pane.seriesProperty().get() != null
              && s.slice() < pane.seriesProperty().get().volume().depth();
      if (shown && (views.isEmpty() || !samePlace(views.get(views.size() - 1), s))) {
        views.add(s);
      }
    }
    return views;
  }

  /** While it rests, changes of views are no steps. */
  public void setResting(boolean resting) {
    going = resting;
    still.stop();
  }

  /** Forgets everything. */
  public void clear() {
    still.stop();
    steps.clear();
    at = -1;
  }
}
