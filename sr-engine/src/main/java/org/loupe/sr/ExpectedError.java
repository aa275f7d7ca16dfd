package org.loupe.sr;

/**
 * {@code exp(SrNetwork.logError(x))} by a table: two transcendental functions for every pixel of a
 * view would take as long as the rest of the decoder.
 */
final class ExpectedError {

  private static final float REACH = 24;
  private static final int STEPS_PER_UNIT = 64;
  private static final float[] TABLE = new float[(int) (2 * REACH * STEPS_PER_UNIT) + 2];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      double x = (double) i / STEPS_PER_UNIT - REACH;
      TABLE[i] = (float) Math.exp(4 * (Math.tanh(x / 4) - 1));
    }
  }

  private ExpectedError() {}

  /** Linear between the table's entries: within 1e-4 of the value. */
  static float of(float x) {
    float at = (Math.clamp(x, -REACH, REACH) + REACH) * STEPS_PER_UNIT;
    int i = (int) at;
    return Math.fma(at - i, TABLE[i + 1] - TABLE[i], TABLE[i]);
  }
}
