package org.loupe.viewer.viewport;

import org.loupe.image.Image2;
import org.loupe.image.Pixel;

/** Where the pointer is in a pane, in device pixels whose centres are whole numbers. */
final class PanePointer {

  /** NaN when it is elsewhere. */
  private double x = Double.NaN;

  private double y = Double.NaN;

  void at(double newX, double newY) {
    x = newX;
    y = newY;
  }

  void leave() {
    at(Double.NaN, Double.NaN);
  }

  /** Its place on the slice's lattice; null when it is elsewhere, or nothing was painted. */
  Pixel onLattice(PaneGeometry geometry) {
    return geometry == null || Double.isNaN(x) ? null : geometry.latticeAt(x, y);
  }

  /**
   * What lies under it; null when it is outside the image.
   *
   * @param slice the shown slice's acquired pixels
   * @param layer where the super-resolved values are
   */
  Probe probe(PaneGeometry geometry, Image2 slice, SrLayer layer) {
    return Double.isNaN(x) ? null : Probe.at(geometry, slice, layer, x, y);
  }
}
