package org.loupe.image;

/**
 * How much of each pixel of a plane belongs to a segment, cropped to where anything does: the masks
 * of small structures stay small.
 *
 * @param area the pixels that are not 0 lie within it; null where there are none
 * @param values unsigned bytes of the area, row by row: 0 for nothing of the pixel, 255 for all
 */
public record Mask(Region area, byte[] values) {

  /** Byte of a pixel that belongs to the segment as a whole. */
  public static final int ALL = 255;

  /** Of nothing. */
  public static final Mask EMPTY = new Mask(null, new byte[0]);

  /**
   * Crops an image.
   *
   * @param stored values of a whole plane, row by row
   * @param columns width of the plane
   * @param most the value that stands for all of a pixel; what is beyond it counts as it
   */
  public static Mask of(int[] stored, int columns, int most) {
    int left = columns;
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int n = 0; n < stored.length; n++) {
      if (stored[n] != 0) {
        int column = n % columns;
        left = Math.min(left, column);
        right = Math.max(right, column);
        top = top < 0 ? n / columns : top;
        bottom = n / columns;
      }
    }
    if (right < 0) {
      return EMPTY;
    }
    Region area = new Region(left, top, right - left + 1, bottom - top + 1);
    byte[] values = new byte[area.columns() * area.rows()];
    for (int n = 0; n < values.length; n++) {
      int at = (top + n / area.columns()) * columns + left + n % area.columns();
      long part = Math.clamp((long) stored[at], 0, most);
      values[n] = (byte) ((part * ALL + most / 2) / most);
    }
    return new Mask(area, values);
  }

  /** The byte of a pixel of the plane, 0 to 255; 0 outside the area. */
  public int at(int column, int row) {
    if (area == null) {
      return 0;
    }
    int c = column - area.column();
    int r = row - area.row();
    return c < 0 || r < 0 || c >= area.columns() || r >= area.rows()
        ? 0
        : values[r * area.columns() + c] & 0xff;
  }

  /** Sum over all pixels of the parts that belong to the segment, pixels. */
  public double pixels() {
    long sum = 0;
    for (byte value : values) {
      sum += value & 0xff;
    }
    return (double) sum / ALL;
  }
}
