package org.loupe.sr;

import java.util.Arrays;

/** Band-limited interpolation of an image, one output row at a time, as two matrix products. */
final class ZeroFilling {

  private final float[][] image;
  private final float[] rowWeights;
  private final float[][] columnWeights;
  private final float[] line;

  /**
   * @param image rows of the image
   * @param rowWeights (output rows, image rows), row-major
   * @param columnWeights (image columns, output columns)
   */
  ZeroFilling(float[][] image, float[] rowWeights, float[][] columnWeights) {
    this.image = image;
    this.rowWeights = rowWeights;
    this.columnWeights = columnWeights;
    line = new float[columnWeights.length];
  }

  /** Adds an output row. */
  void add(int row, float[] out) {
    Arrays.fill(line, 0);
    RowKernels.addAll(line, line.length, rowWeights, row * image.length, image);
    RowKernels.addAll(out, out.length, line, 0, columnWeights);
  }
}
