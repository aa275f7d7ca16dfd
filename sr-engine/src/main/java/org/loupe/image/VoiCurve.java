package org.loupe.image;

/**
 * How grey rises within a window where it does not in a straight line: a sigmoid (PS3.3
 * C.11.2.1.3.1) or a table (C.11.2.1.1). It follows the window when that is changed.
 *
 * @param span what the levels reach over, in widths of the window around its centre
 * @param levels 256 grey levels, 0 to 255, of equal parts of the span
 */
public record VoiCurve(double span, int[] levels) {

  public VoiCurve {
    if (levels.length != 256 || !(span > 0)) {
      throw new IllegalArgumentException(levels.length + " levels over " + span);
    }
  }

  /** The linear window whose 256 steps the levels belong to. */
  public Window spanned(Window window) {
    return new Window(window.centre(), window.width() * span);
  }

  /** A table of 256 colours, bent by the curve. */
  public int[] of(int[] colours) {
    int[] bent = new int[levels.length];
    for (int n = 0; n < bent.length; n++) {
      bent[n] = colours[levels[n]];
    }
    return bent;
  }
}
