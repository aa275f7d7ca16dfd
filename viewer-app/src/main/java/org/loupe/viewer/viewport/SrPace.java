package org.loupe.viewer.viewport;

import org.loupe.sr.View;

/**
 * How fast the engine decodes here and now, and hence whether super-resolution can follow a gesture
 * and how finely: a moving average of the time per output pixel, over the last few views that had
 * to be decoded.
 *
 * <p>While a gesture goes on, its views are decoded on a coarser lattice than the screen's where
 * the machine would not make {@link #GESTURE_MILLIS} otherwise, but never with fewer than {@link
 * #LEAST_DETAIL} pixels per stored one: what the model adds to the measurement lies mostly within
 * them.
 */
final class SrPace {

  /** Longest time for a view that still follows a hand, ms. */
  private static final double FOLLOWS_MILLIS = 300;

  /** Time for a view of a gesture, ms: with its way to the screen about 15 views a second. */
  private static final double GESTURE_MILLIS = 50;

  /** Decoded pixels per stored pixel that a gesture's views have at least, along an axis. */
  private static final double LEAST_DETAIL = 2;

  /** Weight of the newest measurement. */
  private static final double NEWEST = 0.35;

  /** Fewest pixels that tell something about the pace. */
  private static final long TELLING = 10_000;

  private double millisPerPixel = Double.NaN;

  /** Takes the time of a decoded view. */
  void measured(double millis, long pixels) {
    if (pixels >= TELLING && millis > 0) {
      double now = millis / pixels;
      millisPerPixel =
          Double.isNaN(millisPerPixel) ? now : millisPerPixel + NEWEST * (now - millisPerPixel);
    }
  }

  /**
   * Whether views of a gesture come fast enough, as coarse as they may be; false before anything
   * was measured.
   */
  boolean follows(View view) {
    double coarseness = coarseness(view);
    return pixels(view) / (coarseness * coarseness) * millisPerPixel <= FOLLOWS_MILLIS;
  }

  /** Device pixels per decoded pixel of a gesture's view, along an axis: 1 and more. */
  double coarseness(View view) {
    double step = Math.max(view.columnStep(), view.rowStep());
    double most = Math.max(1, 1 / (LEAST_DETAIL * step));
    double needed = Math.sqrt(pixels(view) * millisPerPixel / GESTURE_MILLIS);
    return needed > 1 ? Math.min(needed, most) : 1;
  }

  private static double pixels(View view) {
    return (double) view.width() * view.height();
  }
}
