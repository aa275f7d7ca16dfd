package org.loupe.sr;

/**
 * Samples maps row by row, downwards. The two source rows about the current one are kept
 * interpolated along the columns, so that a source row is gathered once however many output rows
 * lie in it.
 */
final class MapSampler {

  private final MapPlanes.Reader maps;

  /** Positions along a row, counted from {@link #firstColumn}. */
  private final LinearTaps columns;

  /** The columns of the maps that are needed, and a row of them. */
  private final int firstColumn;

  private final float[] line;

  private final LinearTaps rows;
  private final float[][] out;
  private float[][] upper;
  private float[][] lower;

  /** Source rows that the two buffers hold; -1 at first. */
  private int upperRow = -1;

  private int lowerRow = -1;

  /**
   * @param rowStep target rows per output row
   * @param top first output row
   * @param columnStep target columns per output column
   * @param left first output column
   */
  MapSampler(
      MapPlanes maps,
      double rowStep,
      int top,
      int rowCount,
      double columnStep,
      int left,
      int columnCount) {
    this.maps = maps.reader();
    MapPlanes.Lattice lattice = maps.lattice;
    double down = rowStep / lattice.rowRatio();
    double across = columnStep / lattice.columnRatio();
    rows = LinearTaps.of(top * down, down, rowCount, lattice.height());
    LinearTaps all = LinearTaps.of(left * across, across, columnCount, lattice.width());
    firstColumn = all.low()[0];
    columns = all.from(firstColumn);
    line = new float[columns.high()[columnCount - 1] + 1];
    out = new float[lattice.channels()][columnCount];
    upper = new float[lattice.channels()][columnCount];
    lower = new float[lattice.channels()][columnCount];
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
      maps.read(c, row, firstColumn, line.length, line);
      gather(line, columns.low(), columns.high(), columns.weight(), into[c]);
    }
  }

  private static void gather(float[] line, int[] low, int[] high, float[] weight, float[] out) {
    for (int x = 0; x < out.length; x++) {
      float a = line[low[x]];
      out[x] = Math.fma(weight[x], line[high[x]] - a, a);
    }
  }

  private static void blend(float[] a, float[] b, float weight, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = Math.fma(weight, b[x] - a[x], a[x]);
    }
  }
}
