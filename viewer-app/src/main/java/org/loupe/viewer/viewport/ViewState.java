package org.loupe.viewer.viewport;

import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Window;

/**
 * What a pane looks at: a value, made anew by every gesture.
 *
 * @param slice index of the slice in its volume
 * @param centre lattice position of the slice shown in the middle of the pane
 * @param mmPerPixel millimetres per device pixel, the same along both screen axes
 * @param window grey window, in the units of the series
 */
public record ViewState(int slice, Pixel centre, double mmPerPixel, Window window) {

  /** Largest zoom, in device pixels per acquired pixel. */
  public static final double MAX_ZOOM = 16;

  /** Smallest zoom, in device pixels per acquired pixel. */
  public static final double MIN_ZOOM = 0.1;

  public ViewState {
    if (!(mmPerPixel > 0) || !Double.isFinite(mmPerPixel)) {
      throw new IllegalArgumentException("view at " + mmPerPixel + " mm per pixel");
    }
  }

  /** The whole slice, as large as a pane of this size in device pixels takes. */
  public static ViewState fit(SlicePlane plane, int slice, Window window, int width, int height) {
    double mm =
        Math.max(
            plane.columns() * plane.columnSpacing() / Math.max(1, width),
            plane.rows() * plane.rowSpacing() / Math.max(1, height));
    Pixel centre = new Pixel((plane.columns() - 1) / 2.0, (plane.rows() - 1) / 2.0);
    return new ViewState(slice, centre, clampZoom(plane, mm), window);
  }

  /**
   * Device pixels per acquired pixel, along the finer of the two axes: 1 and more means that every
   * acquired pixel covers at least one device pixel.
   */
  public double zoom(SlicePlane plane) {
    return finerSpacing(plane) / mmPerPixel;
  }

  /** The same middle at another zoom, in device pixels per acquired pixel. */
  public ViewState withZoom(SlicePlane plane, double zoom) {
    return new ViewState(slice, centre, clampZoom(plane, finerSpacing(plane) / zoom), window);
  }

  public ViewState withSlice(int newSlice) {
    return new ViewState(newSlice, centre, mmPerPixel, window);
  }

  public ViewState withWindow(Window newWindow) {
    return new ViewState(slice, centre, mmPerPixel, newWindow);
  }

  public ViewState withCentre(Pixel newCentre) {
    return new ViewState(slice, newCentre, mmPerPixel, window);
  }

  /** The same slice and window at another place and size. */
  public ViewState withPlace(Pixel newCentre, double newMmPerPixel) {
    return new ViewState(slice, newCentre, newMmPerPixel, window);
  }

  /**
   * Zoomed so that what lies at an offset from the pane's middle stays there.
   *
   * @param factor larger than 1 to come closer
   * @param right offset of the fixed point from the middle of the pane, device pixels
   * @param down offset of the fixed point from the middle of the pane, device pixels
   */
  public ViewState zoomedAround(SlicePlane plane, double factor, double right, double down) {
    double mm = clampZoom(plane, mmPerPixel / factor);
    double moved = mmPerPixel - mm;
    return new ViewState(
            slice,
            new Pixel(
                centre.column() + right * moved / plane.columnSpacing(),
                centre.row() + down * moved / plane.rowSpacing()),
            mm,
            window)
        .kept(plane);
  }

  /** Moved so that the image follows a pointer that moved this many device pixels. */
  public ViewState panned(SlicePlane plane, double right, double down) {
    return new ViewState(
            slice,
            new Pixel(
                centre.column() - right * mmPerPixel / plane.columnSpacing(),
                centre.row() - down * mmPerPixel / plane.rowSpacing()),
            mmPerPixel,
            window)
        .kept(plane);
  }

  /** The middle kept on the image, so that it cannot be lost outside the pane. */
  public ViewState kept(SlicePlane plane) {
    double column = Math.clamp(centre.column(), -0.5, plane.columns() - 0.5);
    double row = Math.clamp(centre.row(), -0.5, plane.rows() - 0.5);
    return withCentre(new Pixel(column, row));
  }

  private static double finerSpacing(SlicePlane plane) {
    return Math.min(plane.columnSpacing(), plane.rowSpacing());
  }

  private static double clampZoom(SlicePlane plane, double mm) {
    double finer = finerSpacing(plane);
    return Math.clamp(mm, finer / MAX_ZOOM, finer / MIN_ZOOM);
  }
}
