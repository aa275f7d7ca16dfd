package org.loupe.viewer.layout;

import java.util.function.BiPredicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneGeometry;
import org.loupe.viewer.viewport.ViewState;

/**
 * Keeps panes of one frame of reference on the same place: the patient point in the middle of the
 * active pane, at the same millimetres per pixel, on the slice nearest to it. Panes whose planes
 * are not parallel to the active one's share only the slice position: that of the crosshair, where
 * there is one on the active slice, else of the active pane's middle. Panes of one contrast share
 * their window too.
 */
public final class PaneLink {

  /** Cosine of the angle up to which planes count as parallel: about 18 degrees. */
  private static final double PARALLEL = 0.95;

  /** Distance up to which the crosshair lies on a slice, mm. */
  private static final double ON_SLICE = 0.01;

  private final PaneGrid grid;
  private final BiPredicate<Series, Series> paired;
  private final BooleanProperty on = new SimpleBooleanProperty(this, "on", true);
  private final ObjectProperty<Vec3> focus = new SimpleObjectProperty<>(this, "focus");

  /** While panes are being moved, their changes are not gestures. */
  private boolean moving;

  /**
   * @param paired whether two series lie in one frame of reference
   */
  public PaneLink(PaneGrid grid, BiPredicate<Series, Series> paired) {
    this.grid = grid;
    this.paired = paired;
    for (ImagePane pane : grid.all()) {
      pane.stateProperty()
          .subscribe(
              () -> {
                if (pane == grid.activeProperty().get()) {
                  align();
                }
              });
    }
    on.subscribe(this::align);
    grid.layoutProperty().subscribe(this::align);
    grid.maximisedProperty().subscribe(this::align);
  }

  /** Off: every pane goes its own way. */
  public BooleanProperty onProperty() {
    return on;
  }

  /** The crosshair's place, LPS mm; null for none. */
  public ObjectProperty<Vec3> focusProperty() {
    return focus;
  }

  /**
   * Sets the crosshair and brings every pane of the active one's frame of reference to it: to the
   * slice nearest to it, and into view.
   */
  public void goTo(Vec3 point) {
    focus.set(point);
    Series source = grid.activeProperty().get().seriesProperty().get();
    moving = true;
    try {
      for (ImagePane to : grid.visible()) {
        Series target = to.seriesProperty().get();
        boolean same = to == grid.activeProperty().get();
        if (target != null && (same || paired.test(source, target))) {
          int slice = target.volume().nearestSlice(point);
          SlicePlane plane = target.volume().plane(slice);
          Pixel at = plane.toPixel(point);
          boolean seen = sees(to.geometry(), at);
          to.change(s -> seen ? s.withSlice(slice) : s.withSlice(slice).withCentre(at).kept(plane));
        }
      }
    } finally {
      moving = false;
    }
    align();
  }

  private static boolean sees(PaneGeometry g, Pixel at) {
    if (g == null) {
      return true;
    }
    double x = g.deviceX(at.column());
    double y = g.deviceY(at.row());
    return x >= 0 && y >= 0 && x < g.view().width() && y < g.view().height();
  }

  /** Brings the other panes to where the active one is. */
  public void align() {
    ImagePane from = grid.activeProperty().get();
    if (moving || !on.get() || from.stateProperty().get() == null) {
      return;
    }
    moving = true;
    try {
      Series source = from.seriesProperty().get();
      for (ImagePane to : grid.visible()) {
        Series target = to.seriesProperty().get();
        if (to != from && target != null && paired.test(source, target)) {
          ViewState state = from.stateProperty().get();
          ViewState moved = transfer(source, state, target, to.stateProperty().get(), focus.get());
          to.setState(sharesWindow(source, target) ? moved.withWindow(state.window()) : moved);
        }
      }
    } finally {
      moving = false;
    }
  }

  /** Values of one series mean the same in both panes; of another they need not. */
  private static boolean sharesWindow(Series a, Series b) {
    return a.id().equals(b.id());
  }

  static ViewState transfer(Series source, ViewState from, Series target, ViewState own) {
    return transfer(source, from, target, own, null);
  }

  /** The view of another series that shows the same place; its window stays. */
  private static ViewState transfer(
      Series source, ViewState from, Series target, ViewState own, Vec3 crosshair) {
    SlicePlane plane = source.volume().plane(from.slice());
    Vec3 point = plane.toPatient(from.centre().column(), from.centre().row());
    int slice = target.volume().nearestSlice(point);
    SlicePlane there = target.volume().plane(slice);
    if (Math.abs(plane.normal().dot(there.normal())) < PARALLEL) {
      boolean held = crosshair != null && Math.abs(plane.distance(crosshair)) < ON_SLICE;
      return own.withSlice(held ? target.volume().nearestSlice(crosshair) : slice);
    }
    return own.withSlice(slice).withPlace(there.toPixel(point), from.mmPerPixel());
  }

  /** Shows a series in a pane at the place where the pane, or the active one, was. */
  public void show(ImagePane pane, Series series, String patientLines) {
    Series before = pane.seriesProperty().get();
    ViewState place = pane.stateProperty().get();
    moving = true;
    try {
      pane.show(series, patientLines);
      boolean moved = before != null && !before.id().equals(series.id());
      if (on.get() && moved && paired.test(before, series)) {
        pane.setState(transfer(before, place, series, pane.stateProperty().get()));
      }
    } finally {
      moving = false;
    }
    align();
  }
}
