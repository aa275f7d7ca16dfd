package org.loupe.sr;

/**
 * Samples maps row by row, downwards. The two source rows about the current one are kept
 * interpolated along the columns, so that a source row is gathered once however many output rows
 * lie in it.
 */
final class MapSampler {

  private final MapPlanes maps;
  private final LinearTaps columns;
  private final LinearTaps rows;
  private final float[][] out;
  private float[][] upper;
  private float[][] lower;

  /** Source rows that the two buffers hold; -1 at first. */
  private int upperRow = -1;

  private int lowerRow = -1;

  /**
   * @param rowStep target rows per output row
   * @param columnStep target columns per output column
   */
  MapSampler(
      MapPlanes maps,
      double rowStep,
      int firstRow,
      int rowCount,
      double columnStep,
      int firstColumn,
      int columnCount) {
    this.maps = maps;
    double down = rowStep / maps.rowRatio;
    double across = columnStep / maps.columnRatio;
    rows = LinearTaps.of(firstRow * down, down, rowCount, maps.height);
    columns = LinearTaps.of(firstColumn * across, across, columnCount, maps.width);
    out = new float[maps.channels][columnCount];
    upper = new float[maps.channels][columnCount];
    lower = new float[maps.channels][columnCount];
  }

  /**
   * All channels of an output row; overwritten by the next call.
   *
   * @param index row, counted from the sampler's first
   */
  float[][] row(int index) {
    int low = rows.low()[index];
    int high = rows.high()[index];
    if (low != upperRow && low == lowerRow) {
      float[][] swap = upper;
      upper = lower;
      lower = swap;
      lowerRow = upperRow;
      upperRow = low;
    }
    if (low != upperRow) {
      gather(low, upper);
      upperRow = low;
    }
    if (high != lowerRow) {
      gather(high, lower);
      lowerRow = high;
    }
    float weight = rows.weight()[index];
    for (int c = 0; c < out.length; c++) {
      blend(upper[c], lower[c], weight, out[c]);
    }
    return out;
  }

  private void gather(int row, float[][] into) {
    for (int c = 0; c < into.length; c++) {
      maps.gather(c, row, columns, into[c]);
    }
  }

  private static void blend(float[] a, float[] b, float weight, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = Math.fma(weight, b[x] - a[x], a[x]);
    }
  }
}
