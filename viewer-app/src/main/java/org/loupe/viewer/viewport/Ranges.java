package org.loupe.viewer.viewport;

import org.loupe.image.Window;

/**
 * Ends of the scales of maps and differences. They follow the window alone, so that a scale stays
 * when tiles arrive or the slice changes, and narrowing the window shows fainter differences.
 */
final class Ranges {

  /** Part of the window's width at the end of a scale. */
  private static final double PART = 0.25;

  /** End of a scale of differences between windows of two series, percent. */
  private static final double PERCENT = 100;

  private Ranges() {}

  /** Largest difference with a colour of its own, in units of the series, or percent. */
  static double difference(Window window, PicturePair pair) {
    return pair.has(Picture.OTHER) ? PERCENT : nice(window.width() * PART);
  }

  /** End of a map's scale, in units of the series; what a reference changes is the faintest. */
  static double of(Overlay overlay, Window window) {
    double part =
        switch (overlay) {
          case NONE, ADDED -> PART;
          case EXPECTED_ERROR -> PART / 2;
          case GUIDANCE -> PART / 4;
        };
    return nice(window.width() * part);
  }

  /** The largest of 1, 2, 5 times a power of ten that is not above a value. */
  static double nice(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    double lead = value / power;
    return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
  }
}
