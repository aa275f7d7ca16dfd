package org.loupe.viewer.viewport;

import org.loupe.sr.View;

/**
 * A view of a gesture that is being decoded in one piece, to be carried over to the views that
 * follow.
 *
 * @param sliceKey its slice
 * @param seen the view that was on the screen when it was asked for
 * @param decoded the same on the lattice that is decoded, coarser where the machine is slow
 */
record Following(String sliceKey, View seen, View decoded) {

  /**
   * @param coarseness device pixels per decoded pixel, 1 or more
   */
  static Following of(SrWanted wanted, double coarseness) {
    View v = wanted.view();
    if (coarseness == 1) {
      return new Following(wanted.sliceKey(), v, v);
    }
    // Outwards to whole pixels, so that all of the screen is covered.
    int x0 = (int) Math.floor(v.x() / coarseness);
    int y0 = (int) Math.floor(v.y() / coarseness);
    int x1 = (int) Math.ceil((v.x() + v.width() - 1) / coarseness);
    int y1 = (int) Math.ceil((v.y() + v.height() - 1) / coarseness);
    View coarse =
        new View(
            v.columnStep() * coarseness,
            v.rowStep() * coarseness,
            x0,
            y0,
            x1 - x0 + 1,
            y1 - y0 + 1);
    return new Following(wanted.sliceKey(), v, coarse);
  }

  /** Decoded pixels per device pixel along an axis, up to 1. */
  double detail() {
    return seen.columnStep() / decoded.columnStep();
  }

  long pixels() {
    return (long) decoded.width() * decoded.height();
  }
}
