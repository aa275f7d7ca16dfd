package org.loupe.viewer.viewport;

import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.sr.View;

/**
 * Where a pane's device pixels lie on the slice. Device pixel (x, y), counted from the pane's first
 * one, is output pixel {@code (view.x + x, view.y + y)} of the lattice that {@link View} describes.
 * The translation is snapped to whole output pixels, so that every pan at one zoom shows the same
 * lattice, and the interpolated image and the super-resolved tiles share it.
 *
 * @param plane the slice's lattice in the patient
 * @param view the pane's device pixels on the slice's lattice
 */
public record PaneGeometry(SlicePlane plane, View view) {

  /** The geometry of a pane of this size in device pixels. */
  public static PaneGeometry of(SlicePlane plane, ViewState state, int width, int height) {
    double columnStep = state.mmPerPixel() / plane.columnSpacing();
    double rowStep = state.mmPerPixel() / plane.rowSpacing();
    int x = (int) Math.round(state.centre().column() / columnStep - (width - 1) / 2.0);
    int y = (int) Math.round(state.centre().row() / rowStep - (height - 1) / 2.0);
    return new PaneGeometry(plane, new View(columnStep, rowStep, x, y, width, height));
  }

  /** Lattice position under a device position; whole numbers are centres of device pixels. */
  public Pixel latticeAt(double deviceX, double deviceY) {
    return new Pixel(
        (view.x() + deviceX) * view.columnStep(), (view.y() + deviceY) * view.rowStep());
  }

  /** Patient position under a device position. */
  public Vec3 patientAt(double deviceX, double deviceY) {
    Pixel p = latticeAt(deviceX, deviceY);
    return plane.toPatient(p.column(), p.row());
  }

  /** Device x of a lattice column. */
  public double deviceX(double column) {
    return column / view.columnStep() - view.x();
  }

  /** Device y of a lattice row. */
  public double deviceY(double row) {
    return row / view.rowStep() - view.y();
  }

  /**
   * The part of the view that lies on the slice's pixel area; null when there is none.
   *
   * <p>An output pixel belongs to the image when its centre does: lattice position from -0.5 to
   * size - 0.5.
   */
  public View onImage() {
    int x0 = Math.max(view.x(), first(view.columnStep()));
    int y0 = Math.max(view.y(), first(view.rowStep()));
    int x1 = Math.min(view.x() + view.width(), end(plane.columns(), view.columnStep()));
    int y1 = Math.min(view.y() + view.height(), end(plane.rows(), view.rowStep()));
    if (x1 <= x0 || y1 <= y0) {
      return null;
    }
    return new View(view.columnStep(), view.rowStep(), x0, y0, x1 - x0, y1 - y0);
  }

  private static int first(double step) {
    return (int) Math.ceil(-0.5 / step);
  }

  /** First output pixel at or beyond the far edge. */
  private static int end(int pixels, double step) {
    return (int) Math.ceil((pixels - 0.5) / step);
  }
}
