package org.loupe.viewer.tool;

import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
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
    double w = pane.deviceLength(pane.getWidth());
    double h = pane.deviceLength(pane.getHeight());
    pane.change(s -> s.panned(pane.plane(), -right * w, -down * h));
  }

  public static void window(ImagePane pane, Windows preset) {
    pane.change(s -> s.withWindow(preset.of(pane.seriesProperty().get())));
  }

  /** Changes the window as a drag of this many units of the scene does. */
  public static void window(ImagePane pane, double right, double down) {
    pane.change(s -> s.withWindow(MouseTools.dragged(s.window(), right, down)));
  }

  /** Original and back. */
  public static void toggleOriginal(ImagePane pane) {
    boolean original = pane.comparisonProperty().get() == Comparison.ORIGINAL;
    pane.comparisonProperty().set(original ? Comparison.SUPER_RESOLVED : Comparison.ORIGINAL);
  }

  /** The wipe and back. */
  public static void toggleWipe(ImagePane pane) {
    boolean wipe = pane.comparisonProperty().get() == Comparison.WIPE;
    pane.comparisonProperty().set(wipe ? Comparison.SUPER_RESOLVED : Comparison.WIPE);
  }

  /** Moves the wipe's divider by a part of the pane's width. */
  public static void moveWipe(ImagePane pane, double part) {
    pane.wipeProperty().set(Math.clamp(pane.wipeProperty().get() + part, 0.02, 0.98));
  }

  /** Makes the prior's colours stronger or weaker. */
  public static void priorOpacity(ImagePane pane, double change) {
    double next = Math.clamp(pane.priorOpacityProperty().get() + change, 0.05, 1);
    pane.priorOpacityProperty().set(next);
  }

  /** Reads the probe in the middle of the pane, for users without a mouse. */
  public static void probeMiddle(ImagePane pane) {
    ViewState s = pane.stateProperty().get();
    if (s != null) {
      pane.pointAtPatient(pane.plane().toPatient(s.centre().column(), s.centre().row()));
    }
  }
}
