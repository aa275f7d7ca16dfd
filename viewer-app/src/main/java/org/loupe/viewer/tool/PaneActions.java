package org.loupe.viewer.tool;

import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.sr.View;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.Split;
import org.loupe.viewer.viewport.ViewState;
import org.loupe.viewer.viewport.Windows;

/** What mouse, keys, menus and the tool bar do to a pane. Nothing happens in an empty pane. */
public final class PaneActions {

  private PaneActions() {}

  /** Moves by slices, stopping at the ends. */
  public static void scroll(ImagePane pane, int slices) {
    if (slices != 0 && pane.stateProperty().get() != null) {
      int last = pane.seriesProperty().get().volume().depth() - 1;
      pane.change(s -> s.withSlice(Math.clamp((long) s.slice() + slices, 0, last)));
    }
  }

  /**
   * Goes to the slice nearest to a place, with the place in the middle of the pane.
   *
   * @param pane shows a series
   * @param place LPS mm
   */
  public static void goTo(ImagePane pane, Vec3 place) {
    Volume volume = pane.seriesProperty().get().volume();
    int slice = volume.nearestSlice(place);
    SlicePlane plane = volume.plane(slice);
    pane.change(s -> s.withSlice(slice).withCentre(plane.toPixel(place)).kept(plane));
  }

  /** Zooms around the middle of the pane. */
  public static void zoomBy(ImagePane pane, double factor) {
    pane.change(s -> s.zoomedAround(pane.plane(), factor, 0, 0));
  }

  /** Sets the zoom, in device pixels per acquired pixel. */
  public static void zoomTo(ImagePane pane, double zoom) {
    pane.change(s -> s.withZoom(pane.plane(), zoom));
  }

  /** Moves the view by a part of the pane; the image goes the other way. */
  public static void moveView(ImagePane pane, double right, double down) {
    double w = pane.coordinates().deviceLength(pane.getWidth());
    double h = pane.coordinates().deviceLength(pane.getHeight());
    pane.change(s -> s.panned(pane.plane(), -right * w, -down * h));
  }

  /** Ways to turn what a pane shows. */
  public enum Turn {
    RIGHT,
    LEFT,
    MIRROR,
    UPSIDE_DOWN
  }

  /** Turns what a pane shows by a quarter, or mirrors it; letters and marks go with it. */
  public static void turn(ImagePane pane, Turn turn) {
    if (pane.seriesProperty().get() == null) {
      return;
    }
    Vec3 right = pane.plane().columnStep().unit();
    Vec3 down = pane.plane().rowStep().unit();
    switch (turn) {
      case RIGHT -> pane.turn(down.times(-1), right);
      case LEFT -> pane.turn(down, right.times(-1));
      case MIRROR -> pane.turn(right.times(-1), down);
      case UPSIDE_DOWN -> pane.turn(right, down.times(-1));
    }
  }

  /** Shows the series as it was opened, turned for the screen, in its own grey scale. */
  public static void upright(ImagePane pane) {
    pane.present(UnaryOperator.identity());
  }

  public static void window(ImagePane pane, Windows preset) {
    pane.change(s -> s.withWindow(preset.of(pane.seriesProperty().get())));
  }

  /** The window of what the pane shows of its slice. */
  public static void windowOfView(ImagePane pane) {
    Image2 slice = pane.geometry() == null ? null : pane.slice();
    if (slice != null) {
      View v = pane.geometry().view();
      pane.change(
          s ->
              s.withWindow(
                  Windows.ofRegion(
                      slice,
                      (int) Math.round(v.x() * v.columnStep()),
                      (int) Math.round(v.y() * v.rowStep()),
                      (int) Math.round((v.x() + v.width() - 1) * v.columnStep()),
                      (int) Math.round((v.y() + v.height() - 1) * v.rowStep()))));
    }
  }

  /** Changes the window as a drag of this many units of the scene does. */
  public static void window(ImagePane pane, double right, double down) {
    pane.change(s -> s.withWindow(MouseTools.dragged(s.window(), right, down)));
  }

  /** Original and back. */
  public static void toggleOriginal(ImagePane pane) {
    toggle(pane, Comparison.ORIGINAL);
  }

  /** A way of comparing, and back to super-resolved. */
  public static void toggle(ImagePane pane, Comparison comparison) {
    boolean on = pane.comparisonProperty().get() == comparison;
    pane.comparisonProperty().set(on ? Comparison.SUPER_RESOLVED : comparison);
  }

  /** Moves the wipe's divider by a part of the pane. */
  public static void moveWipe(ImagePane pane, double part) {
    Split s = pane.settings().splitProperty().get();
    pane.settings().splitProperty().set(new Split(s.position() + part, s.angle()));
  }

  /** Turns the wipe's divider clockwise. */
  public static void turnWipe(ImagePane pane, double degrees) {
    Split s = pane.settings().splitProperty().get();
    pane.settings().splitProperty().set(new Split(s.position(), s.angle() + degrees));
  }

  /** A trust map, and back to none. */
  public static void toggle(ImagePane pane, Overlay overlay) {
    boolean on = pane.settings().overlayProperty().get() == overlay;
    pane.settings().overlayProperty().set(on ? Overlay.NONE : overlay);
  }

  /** The next interpolation kernel. */
  public static void nextKernel(ImagePane pane) {
    List<Interpolation> all = List.of(Interpolation.values());
    ObjectProperty<Interpolation> kernel = pane.settings().kernelProperty();
    kernel.set(all.get((all.indexOf(kernel.get()) + 1) % all.size()));
  }

  /** The next colour map. */
  public static void nextColours(ImagePane pane) {
    pane.settings().coloursProperty().set(pane.settings().coloursProperty().get().next());
  }

  /** On or off. */
  public static void toggle(BooleanProperty property) {
    property.set(!property.get());
  }

  /** Makes the prior's colours stronger or weaker. */
  public static void priorOpacity(ImagePane pane, double change) {
    DoubleProperty opacity = pane.settings().priorOpacityProperty();
    opacity.set(Math.clamp(opacity.get() + change, 0.05, 1));
  }

  /** Reads the probe in the middle of the pane, for users without a mouse. */
  public static void probeMiddle(ImagePane pane) {
    ViewState s = pane.stateProperty().get();
    if (s != null) {
      pane.pointAtPatient(pane.plane().toPatient(s.centre().column(), s.centre().row()));
    }
  }
}
