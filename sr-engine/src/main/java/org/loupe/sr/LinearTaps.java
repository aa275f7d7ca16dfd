package org.loupe.sr;

/**
 * Linear interpolation at positions along one axis: sample i is {@code (1 - weight[i]) * a[low[i]]
 * + weight[i] * a[high[i]]}. Positions outside take the edge sample.
 */
record LinearTaps(int[] low, int[] high, float[] weight) {

  /**
   * @param start first position, in samples of the axis
   * @param step distance of neighbouring positions
   * @param count number of positions
   * @param size samples of the axis
   */
  static LinearTaps of(double start, double step, int count, int size) {
    int[] low = new int[count];
    int[] high = new int[count];
    float[] weight = new float[count];
    for (int i = 0; i < count; i++) {
      double x = Math.clamp(start + i * step, 0, size - 1.0);
      low[i] = Math.min((int) x, Math.max(0, size - 2));
      high[i] = Math.min(low[i] + 1, size - 1);
      weight[i] = (float) (x - low[i]);
    }
    return new LinearTaps(low, high, weight);
  }

  /** The same positions counted from a later sample. */
  LinearTaps from(int first) {
    int[] shiftedLow = new int[low.length];
    int[] shiftedHigh = new int[high.length];
    for (int i = 0; i < low.length; i++) {
      shiftedLow[i] = low[i] - first;
      shiftedHigh[i] = high[i] - first;
    }
    return new LinearTaps(shiftedLow, shiftedHigh, weight);
  }
}
