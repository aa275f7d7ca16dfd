package org.loupe.viewer.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;

/**
 * Where the panes have been: a step is kept when the view has been still for a while, so that a
 * turn of the wheel is one step. Windows are no steps.
 */
public final class ViewHistory {

  private static final Duration STILL = Duration.millis(600);
  private static final int STEPS = 100;

  /**
   * Where a pane was; in the patient, as the pane may be turned meanwhile.
   *
   * @param middle what was in the middle of the pane, LPS mm
   */
  private record Place(int slice, Vec3 middle, double mmPerPixel) {

    /** Points nearer to one another than this are the same, mm. */
    private static final double NEAR = 1e-6;

    static Place of(ImagePane pane) {
      ViewState s = pane.stateProperty().get();
      Vec3 middle = pane.plane().toPatient(s.centre().column(), s.centre().row());
      return new Place(s.slice(), middle, s.mmPerPixel());
    }

    boolean same(Place o) {
      return slice == o.slice
          && mmPerPixel == o.mmPerPixel
          && middle.minus(o.middle).length() < NEAR;
    }

    /** Whether the pane's series has such a slice. */
    boolean in(ImagePane pane) {
      return pane.seriesProperty().get() != null
          && slice < pane.seriesProperty().get().volume().depth();
    }

    /** The view of a pane that is here, with the window of now. */
    ViewState view(ImagePane pane) {
      SlicePlane plane = pane.seriesProperty().get().volume().plane(slice);
      return pane.stateProperty()
          .get()
          .withSlice(slice)
          .withPlace(plane.toPixel(middle), mmPerPixel);
    }
  }

  /** The place of each pane that had one. */
  private record Step(Map<ImagePane, Place> places) {

    boolean same(Step o) {
      return places.keySet().equals(o.places.keySet())
          && places.entrySet().stream().allMatch(e -> e.getValue().same(o.places.get(e.getKey())));
    }
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
    Map<ImagePane, Place> places = new HashMap<>();
    for (ImagePane pane : grid.visible()) {
      if (pane.stateProperty().get() != null) {
        places.put(pane, Place.of(pane));
      }
    }
    Step now = new Step(places);
    if (places.isEmpty() || (at >= 0 && steps.get(at).same(now))) {
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
      for (Map.Entry<ImagePane, Place> e : steps.get(to).places().entrySet()) {
        if (e.getValue().in(e.getKey())) {
          e.getKey().setState(e.getValue().view(e.getKey()));
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
    List<Place> places = new ArrayList<>();
    for (Step step : steps.subList(0, at + 1)) {
      Place place = step.places().get(pane);
      boolean shown = place != null && place.in(pane);
      if (shown && (places.isEmpty() || !places.get(places.size() - 1).same(place))) {
        places.add(place);
      }
    }
    return places.stream().map(place -> place.view(pane)).toList();
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
