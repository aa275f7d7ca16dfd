package org.loupe.sr;

/** A row of n + 2 pixels as the three neighbours of n: {@code left[x]} is its pixel x. */
final class ShiftedRow {

  /** The row itself. */
  final float[] left;

  final float[] middle;
  final float[] right;

  /**
   * @param n pixels that have both neighbours
   */
  ShiftedRow(int n) {
    left = new float[n + 2];
    middle = new float[n];
    right = new float[n];
  }

  /** Brings the shifted copies up to date after {@link #left} was written. */
  void shift() {
    System.arraycopy(left, 1, middle, 0, middle.length);
    System.arraycopy(left, 2, right, 0, right.length);
  }
}
