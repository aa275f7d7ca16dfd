package org.loupe.image;

/**
 * A rectangle of pixels.
 *
 * @param column first column
 * @param row first row
 * @param columns width
 * @param rows height
 */
public record Region(int column, int row, int columns, int rows) {

  public Region {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("a region of " + columns + " x " + rows + " pixels");
    }
  }

  /** A whole image. */
  public static Region whole(int columns, int rows) {
    return new Region(0, 0, columns, rows);
  }

  /**
   * The same on a lattice of another size over the same field of view, first sample centres
   * coinciding: it starts at the new sample that lies nearest to the first old one, and regions
   * that touch each other do so on every lattice.
   *
   * @param columnFactor new columns per column
   * @param rowFactor new rows per row
   */
  public Region scaled(double columnFactor, double rowFactor) {
    int left = (int) Math.rint(column * columnFactor);
    int top = (int) Math.rint(row * rowFactor);
    return new Region(
        left,
        top,
        Math.max(1, (int) Math.rint((column + columns) * columnFactor) - left),
        Math.max(1, (int) Math.rint((row + rows) * rowFactor) - top));
  }

  /** The part that lies on an image of some size; null where none does. */
  public Region within(int width, int height) {
    int left = Math.max(0, column);
    int top = Math.max(0, row);
    int right = Math.min(width, column + columns);
    int bottom = Math.min(height, row + rows);
    return right > left && bottom > top ? new Region(left, top, right - left, bottom - top) : null;
  }

  /** The rectangle of an image's pixels. */
  public Image2 of(Image2 image) {
    Image2 out = new Image2(columns, rows);
    for (int y = 0; y < rows; y++) {
      System.arraycopy(
          image.values(), (row + y) * image.width() + column, out.values(), y * columns, columns);
    }
    return out;
  }
}
