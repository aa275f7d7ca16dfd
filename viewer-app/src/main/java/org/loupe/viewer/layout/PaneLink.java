package org.loupe.viewer.layout;

import java.util.function.BiPredicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;

/**
 * Keeps panes of one frame of reference on the same place: the patient point in the middle of the
 * active pane, at the same millimetres per pixel, on the slice nearest to it. Panes whose planes
 * are not parallel to the active one's share only the slice position.
 */
public final class PaneLink {

  /** Cosine of the angle up to which planes count as parallel: about 18 degrees. */
  private static final double PARALLEL = 0.95;

  private final PaneGrid grid;
  private final BiPredicate<Series, Series> paired;
  private final BooleanProperty on = new SimpleBooleanProperty(this, "on", true);

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
  }

  /** Off: every pane goes its own way. */
  public BooleanProperty onProperty() {
    return on;
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
          ViewState moved =
              transfer(source, from.stateProperty().get(), target, to.stateProperty().get());
          to.setState(moved);
        }
      }
    } finally {
      moving = false;
    }
  }

  /** The view of another series that shows the same place; its window stays. */
  static ViewState transfer(Series source, ViewState from, Series target, ViewState own) {
    SlicePlane plane = source.volume().plane(from.slice());
    Vec3 point = plane.toPatient(from.centre().column(), from.centre().row());
    int slice = target.volume().nearestSlice(point);
    SlicePlane there = target.volume().plane(slice);
    if (Math.abs(plane.normal().dot(there.normal())) < PARALLEL) {
      return own.withSlice(slice);
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
