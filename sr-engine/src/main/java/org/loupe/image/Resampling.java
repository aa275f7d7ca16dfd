package org.loupe.image;

/**
 * A separable resampling of images of one size onto one lattice, with its weights worked out, so
 * that several threads can make some of its rows each.
 */
public final class Resampling {

  private final AxisWeights columns;
  private final AxisWeights rows;
  private final int width;

  Resampling(AxisWeights columns, AxisWeights rows, int width) {
    this.columns = columns;
    this.rows = rows;
    this.width = width;
  }

  /**
   * Makes rows {@code from} to {@code end}, exclusive, of the resampled image.
   *
   * @param source of the size that the weights are for
   * @param out the whole resampled image, row by row; only those rows are written
   * @param scratch any array, kept by the caller between calls to save allocation; null for none
   * @return the scratch array to pass next time: the given one, or a longer one
   */
  public float[] rows(Image2 source, int from, int end, float[] out, float[] scratch) {
    if (from >= end) {
      return scratch;
    }
    int low = rows.low(from, end);
    int needed = rows.high(from, end) - low + 1;
    int size = Math.multiplyExact(width, needed);
    float[] lines = scratch == null || scratch.length < size ? new float[size] : scratch;
    for (int r = 0; r < needed; r++) {
      columns.gather(source.values(), (low + r) * source.width(), lines, r * width);
    }
    for (int j = from; j < end; j++) {
      rows.blend(j, lines, low, width, out, j * width);
    }
    return lines;
  }
}
