package org.loupe.viewer.segment;

import org.loupe.image.Mask;
import org.loupe.image.Region;

/**
 * Colours segments on transparent pixels: a light fill, proportional to how much of a pixel belongs
 * to the segment, and a line of whole device pixels just outside of where that is half of it or
 * more, so that it hides nothing of a small lesion.
 */
final class SegmentPaint {

  /** Opacity of the fill where all of a pixel belongs to the segment. */
  private static final float FILL = 0.15f;

  private static final int HALF = (Mask.ALL + 1) / 2;

  private final int[] argb;
  private final int width;
  private final int height;
  private final int line;

  /**
   * @param argb premultiplied pixels to paint on, row by row
   * @param width columns
   * @param line thickness of outlines, pixels
   */
  SegmentPaint(int[] argb, int width, int line) {
    this.argb = argb;
    this.width = width;
    this.height = argb.length / width;
    this.line = line;
  }

  /**
   * Paints a segment over what is there.
   *
   * @param mask of some columns and rows of the pixels
   * @param left column of the pixels where the mask's lattice begins
   * @param top row of the pixels where the mask's lattice begins
   * @param columns of the mask's lattice: outlines stay within it
   * @param rows of the mask's lattice
   * @param rgb colour
   */
  void paint(Mask mask, int left, int top, int columns, int rows, int rgb) {
    if (mask.area() == null) {
      return;
    }
    Region a = mask.area();
    int[] fills = fills(rgb);
    int x1 = Math.min(Math.min(columns, width - left), a.column() + a.columns() + line);
    int y1 = Math.min(Math.min(rows, height - top), a.row() + a.rows() + line);
    for (int y = Math.max(0, a.row() - line); y < y1; y++) {
      int to = (top + y) * width + left;
      for (int x = Math.max(0, a.column() - line); x < x1; x++) {
        int value = mask.at(x, y);
        if (value < HALF && borders(mask, x, y)) {
          argb[to + x] = 0xff000000 | rgb;
        } else if (value > 0) {
          int below = argb[to + x];
          argb[to + x] = below == 0 ? fills[value] : over(below, rgb, FILL * value / Mask.ALL);
        }
      }
    }
  }

  /** The fill over nothing, by how much of a pixel belongs to the segment. */
  private static int[] fills(int rgb) {
    int[] fills = new int[Mask.ALL + 1];
    for (int value = 0; value < fills.length; value++) {
      fills[value] = over(0, rgb, FILL * value / Mask.ALL);
    }
    return fills;
  }

  /** Whether a pixel that lies outside is near enough to one that lies within. */
  private boolean borders(Mask mask, int x, int y) {
    for (int n = 1; n <= line; n++) {
      if (mask.at(x - n, y) >= HALF
          || mask.at(x + n, y) >= HALF
          || mask.at(x, y - n) >= HALF
          || mask.at(x, y + n) >= HALF) {
        return true;
      }
    }
    return false;
  }

  private static int over(int below, int rgb, float cover) {
    int out = (int) ((below >>> 24) * (1 - cover) + 255 * cover + 0.5f);
    for (int shift = 16; shift >= 0; shift -= 8) {
      float channel = (below >> shift & 255) * (1 - cover) + (rgb >> shift & 255) * cover;
      // Premultiplied channels are not above the opacity.
      out = out << 8 | Math.min((int) (channel + 0.5f), out >> (16 - shift) & 255);
    }
    return out;
  }
}
