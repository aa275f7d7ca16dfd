package org.loupe.viewer.layout;

import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.loupe.image.Pixel;
import org.loupe.image.RigidTransform;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneGeometry;
import org.loupe.viewer.viewport.ViewState;

/**
 * Keeps panes of one frame of reference on the same place: the patient point in the middle of the
 * active pane, at the same millimetres per pixel, on the slice nearest to it. Panes whose planes
 * are not parallel to the active one's share only the slice position: that of the crosshair, where
 * there is one on the active slice, else of the active pane's middle. Panes of one contrast share
 * their window too. Panes of other frames of reference follow where these have been registered with
 * the active one's, and say so.
 */
public final class PaneLink {

  /** Cosine of the angle up to which planes count as parallel: about 18 degrees. */
  private static final double PARALLEL = 0.95;

  /** Distance up to which the crosshair lies on a slice, mm. */
  private static final double ON_SLICE = 0.01;

  private final PaneGrid grid;
  private final FrameAlignment alignment;
  private final BooleanProperty on = new SimpleBooleanProperty(this, "on", true);
  private final ObjectProperty<Vec3> focus = new SimpleObjectProperty<>(this, "focus");

  /** The series in whose coordinates the crosshair's place is. */
  private Series focusSeries;

  /** While panes are being moved, their changes are not gestures. */
  private boolean moving;

  /**
   * @param alignment how places of one series are found in another one
   */
  public PaneLink(PaneGrid grid, FrameAlignment alignment) {
    this.grid = grid;
    this.alignment = alignment;
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

  /** The crosshair's place, LPS mm of the series that it was set in; null for none. */
  public ObjectProperty<Vec3> focusProperty() {
    return focus;
  }

  /** The crosshair's place in another series' coordinates, LPS mm; null where it has none there. */
  public Vec3 focusIn(Series series) {
    return focus.get() == null
        ? null
        : alignment.between(focusSeries, series).map(t -> t.apply(focus.get())).orElse(null);
  }

  /** How a place in one series is found in another one. */
  public FrameAlignment alignment() {
    return alignment;
  }

  /**
   * Sets the crosshair and brings every pane of the active one's frame of reference to it: to the
   * slice nearest to it, and into view.
   */
  public void goTo(Vec3 point) {
    Series source = grid.activeProperty().get().seriesProperty().get();
    focusSeries = source;
    focus.set(point);
    moving = true;
    try {
      for (ImagePane to : grid.visible()) {
        Series target = to.seriesProperty().get();
        Optional<RigidTransform> way =
            to == grid.activeProperty().get()
                ? Optional.of(RigidTransform.IDENTITY)
                : target == null ? Optional.empty() : alignment.between(source, target);
        if (target != null && way.isPresent()) {
          Vec3 there = way.get().apply(point);
          int slice = target.volume().nearestSlice(there);
          SlicePlane plane = target.volume().plane(slice);
          Pixel at = plane.toPixel(there);
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
    note(from);
    if (moving || !on.get() || from.stateProperty().get() == null) {
      return;
    }
    moving = true;
    try {
      Series source = from.seriesProperty().get();
      for (ImagePane to : grid.visible()) {
        Series target = to.seriesProperty().get();
        Optional<RigidTransform> way =
            to == from || target == null ? Optional.empty() : alignment.between(source, target);
        if (way.isPresent()) {
          ViewState state = from.stateProperty().get();
          Vec3 crosshair = focusIn(source);
          ViewState moved =
              transfer(source, state, target, to.stateProperty().get(), crosshair, way.get());
          to.setState(sharesWindow(source, target) ? moved.withWindow(state.window()) : moved);
        }
      }
    } finally {
      moving = false;
    }
  }

  /** Whether a pane goes where another one goes while it is the active one and both are linked. */
  public boolean leads(ImagePane from, ImagePane to) {
    Series source = from.seriesProperty().get();
    Series target = to.seriesProperty().get();
    return to != from
        && source != null
        && target != null
        && grid.visible().contains(to)
        && alignment.between(source, target).isPresent();
  }

  /** Panes that follow, or would, only because their frames have been registered say so. */
  private void note(ImagePane from) {
    Series source = from.seriesProperty().get();
    for (ImagePane to : grid.all()) {
      Series target = to.seriesProperty().get();
      boolean registered =
          on.get()
              && source != null
              && target != null
              && to != from
              && grid.visible().contains(to)
              && alignment
                  .between(source, target)
                  .filter(t -> !t.equals(RigidTransform.IDENTITY))
                  .isPresent();
      to.settings().noteProperty().set(registered ? Texts.of("badge.registered") : "");
    }
  }

  /** Values of one series mean the same in both panes; of another they need not. */
  private static boolean sharesWindow(Series a, Series b) {
    return a.id().equals(b.id());
  }

  static ViewState transfer(
      Series source, ViewState from, Series target, ViewState own, RigidTransform way) {
    return transfer(source, from, target, own, null, way);
  }

  /**
   * The view of another series that shows the same place; its window stays.
   *
   * @param way from the source's patient coordinates to the target's
   */
  private static ViewState transfer(
      Series source,
      ViewState from,
      Series target,
      ViewState own,
      Vec3 crosshair,
      RigidTransform way) {
    SlicePlane plane = source.volume().plane(from.slice());
    Vec3 point = way.apply(plane.toPatient(from.centre().column(), from.centre().row()));
    int slice = target.volume().nearestSlice(point);
    SlicePlane there = target.volume().plane(slice);
    if (Math.abs(way.turned(plane.normal()).dot(there.normal())) < PARALLEL) {
      boolean held = crosshair != null && Math.abs(plane.distance(crosshair)) < ON_SLICE;
      return own.withSlice(held ? target.volume().nearestSlice(way.apply(crosshair)) : slice);
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
      if (on.get() && moved) {
        alignment
            .between(before, series)
            .ifPresent(
                way ->
                    pane.setState(
                        transfer(before, place, series, pane.stateProperty().get(), way)));
      }
    } finally {
      moving = false;
    }
    align();
  }
}
