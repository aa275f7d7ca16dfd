package org.loupe.sr;

/**
 * A rectangle of output pixels on a lattice tied to the target slice: output pixel (x, y) has its
 * centre at target lattice position (x * columnStep, y * rowStep), so that two views of one step
 * share their pixels whatever the pan.
 *
 * @param columnStep target columns per output pixel; 1 / zoom factor, in acquired pixels
 * @param rowStep target rows per output pixel
 * @param x first output column of the rectangle
 * @param y first output row of the rectangle
 * @param width output columns
 * @param height output rows
 */
public record View(double columnStep, double rowStep, int x, int y, int width, int height) {

  public View {
    if (!(columnStep > 0) || !(rowStep > 0) || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "view of %d x %d pixels at steps %s, %s".formatted(width, height, columnStep, rowStep));
    }
  }

  /** The same pixels of the transposed slice. */
  View transposed() {
    return new View(rowStep, columnStep, y, x, height, width);
  }

  /** As many pixels of a lattice that is finer by a factor, about the same place. */
  public View zoomed(double factor) {
    return new View(
        columnStep / factor,
        rowStep / factor,
        (int) Math.rint(x * factor),
        (int) Math.rint(y * factor),
        width,
        height);
  }
}
