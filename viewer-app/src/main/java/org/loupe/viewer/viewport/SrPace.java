package org.loupe.viewer.viewport;

/**
 * How fast the engine decodes here and now, and hence whether super-resolution can follow a
 * gesture: a moving average of the time per output pixel, over the last few views that had to be
 * decoded.
 */
final class SrPace {

  /** Longest time for a whole view that still follows a hand, ms. */
  private static final double FOLLOWS_MILLIS = 300;

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

  /** Whether a view of so many pixels comes fast enough; false before anything was measured. */
  boolean follows(long pixels) {
    return pixels * millisPerPixel <= FOLLOWS_MILLIS;
  }
}
