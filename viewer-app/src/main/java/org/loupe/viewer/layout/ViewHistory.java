package org.loupe.viewer.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;

/**
 * Where the panes have been: a step is kept when the view has been still for a while, so that a
 * turn of the wheel is one step. Windows are no steps. A pane that shows another series of the same
 * frame of reference by now goes to the place in that one; places of other frames are passed over.
 */
public final class ViewHistory {

  private static final Duration STILL = Duration.millis(600);
  private static final int STEPS = 100;

  /**
   * Where a pane was; in the patient, as the pane may be turned or show another series meanwhile.
   *
   * @param seriesId series that the pane showed
   * @param frameOfReference of that series; empty where unknown
   * @param middle what was in the middle of the pane, LPS mm
   */
  private record Place(
      String seriesId, String frameOfReference, int slice, Vec3 middle, double mmPerPixel) {

    /** Points nearer to one another than this are the same, mm. */
    private static final double NEAR = 1e-6;

    static Place of(ImagePane pane) {
      ViewState s = pane.stateProperty().get();
      Vec3 middle = pane.plane().toPatient(s.centre().column(), s.centre().row());
      Series series = pane.seriesProperty().get();
      return new Place(series.id(), series.frameOfReference(), s.slice(), middle, s.mmPerPixel());
    }

    boolean same(Place o) {
      return isIn(o.seriesId, o.frameOfReference)
          && slice == o.slice
          && mmPerPixel == o.mmPerPixel
          && middle.minus(o.middle).length() < NEAR;
    }

    private boolean isIn(String series, String frame) {
      return seriesId.equals(series)
          || (!frameOfReference.isEmpty() && frameOfReference.equals(frame));
    }

    /** Whether the place has a meaning in what the pane shows. */
    boolean in(ImagePane pane) {
      Series shown = pane.seriesProperty().get();
      return shown != null && isIn(shown.id(), shown.frameOfReference());
    }

    /** The view of a pane that is here, with the window of now. */
    ViewState view(ImagePane pane) {
      Volume volume = pane.seriesProperty().get().volume();
      // The slice of the place itself, unless that lies elsewhere now.
      boolean there =
          slice < volume.depth() && Math.abs(volume.plane(slice).distance(middle)) < NEAR;
      int nearest = there ? slice : volume.nearestSlice(middle);
      return pane.stateProperty()
          .get()
          .withSlice(nearest)
          .withPlace(volume.plane(nearest).toPixel(middle), mmPerPixel);
    }
  }

  /** The place of each pane that had one. */
  private record Step(Map<ImagePane, Place> places) {

    boolean same(Step o) {
      return places.keySet().equals(o.places.keySet())
          && places.entrySet().stream().allMatch(e -> e.getValue().same(o.places.get(e.getKey())));
    }

    boolean shown() {
      return places.entrySet().stream().anyMatch(e -> e.getValue().in(e.getKey()));
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
    return go(-1);
  }

  /** Goes forward again; false when there is nothing to go to. */
  public boolean forward() {
    return go(1);
  }

  /** Goes to the nearest step that has a place of something that is shown. */
  private boolean go(int direction) {
    int to = at + direction;
    while (to >= 0 && to < steps.size() && !steps.get(to).shown()) {
      to += direction;
    }
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
    List<ViewState> views = new ArrayList<>();
    Place last = null;
    for (Step step : steps.subList(0, at + 1)) {
      Place place = step.places().get(pane);
      if (place != null && place.in(pane) && (last == null || !last.same(place))) {
        ViewState view = place.view(pane);
        // Two slices of another series may have one nearest slice.
        if (views.isEmpty() || !views.get(views.size() - 1).equals(view)) {
          views.add(view);
        }
        last = place;
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
