package org.loupe.dicom.codec;

import java.util.Arrays;

/**
 * What coding and decoding a JPEG-LS scan share (ISO 14495-1 annex A). Each sample is predicted
 * from its left (a), upper (b), upper left (c) and upper right (d) neighbours; the prediction error
 * is Golomb coded with a parameter from the statistics of its context, the quantised gradients
 * between the neighbours. Where these are flat a run of equal samples is coded instead. Lines have
 * a sample more on both sides: index 1 is the first.
 */
abstract class JpegLsModel {

  /** Orders of the run lengths (A.2.1, array J). */
  static final int[] RUN_ORDER = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };

  static final int CONTEXTS = 365;
  private static final int LARGEST_BIAS = 127;
  private static final int SMALLEST_BIAS = -128;

  final JpegLsParameters p;

  // Statistics by context; the last two contexts are those of interrupted runs, of unequal and of
  // equal neighbours.
  final int[] magnitude = new int[CONTEXTS + 2];
  final int[] occurrences = new int[CONTEXTS + 2];
  final int[] sum = new int[CONTEXTS];
  final int[] bias = new int[CONTEXTS];
  final int[] negative = new int[CONTEXTS + 2];
  final int step;

  JpegLsModel(JpegLsParameters parameters) {
    p = parameters;
    step = 2 * p.near() + 1;
    Arrays.fill(magnitude, Math.max(2, (p.range() + 32) / 64));
    Arrays.fill(occurrences, 1);
  }

  /** Number of the gradients' context, negative where they are mirrored; 0 where all are flat. */
  final int context(int[] previous, int[] current, int x) {
    int a = current[x - 1];
    int b = previous[x];
    int c = previous[x - 1];
    int d = previous[x + 1];
    return 81 * quantised(d - b) + 9 * quantised(b - c) + quantised(c - a);
  }

  private int quantised(int gradient) {
    int g = Math.abs(gradient);
    int q = g <= p.near() ? 0 : g < p.t1() ? 1 : g < p.t2() ? 2 : g < p.t3() ? 3 : 4;
    return gradient < 0 ? -q : q;
  }

  /** Median edge detecting prediction (A.4.1). */
  static int predicted(int[] previous, int[] current, int x) {
    int a = current[x - 1];
    int b = previous[x];
    int c = previous[x - 1];
    if (c >= Math.max(a, b)) {
      return Math.min(a, b);
    }
    return c <= Math.min(a, b) ? Math.max(a, b) : a + b - c;
  }

  /** The prediction corrected by the bias of its context (A.4.2). */
  final int corrected(int prediction, int sign, int q) {
    return Math.clamp(prediction + (long) sign * bias[q], 0, p.maximum());
  }

  /** Whether a context's errors are more often negative than not, and small (A.5.2). */
  final boolean inverted(int q, int k) {
    return p.near() == 0 && k == 0 && 2 * sum[q] <= -occurrences[q];
  }

  /** Takes an error of a regular sample into its context's statistics (A.6). */
  final void update(int q, int error) {
    sum[q] += error * step;
    magnitude[q] += Math.abs(error);
    if (occurrences[q] == p.reset()) {
      magnitude[q] >>= 1;
      sum[q] >>= 1;
      occurrences[q] >>= 1;
    }
    int n = ++occurrences[q];
    if (sum[q] <= -n) {
      sum[q] = Math.max(sum[q] + n, 1 - n);
      bias[q] = Math.max(bias[q] - 1, SMALLEST_BIAS);
    } else if (sum[q] > 0) {
      sum[q] = Math.min(sum[q] - n, 0);
      bias[q] = Math.min(bias[q] + 1, LARGEST_BIAS);
    }
  }

  /** Takes an error of a sample that ended a run into its context's statistics (A.7.2.3). */
  final void updateInterrupted(int q, int mapped, boolean isNegative) {
    int type = q - CONTEXTS;
    if (isNegative) {
      negative[q]++;
    }
    magnitude[q] += (mapped + 1 - type) >> 1;
    if (occurrences[q] == p.reset()) {
      magnitude[q] >>= 1;
      occurrences[q] >>= 1;
      negative[q] >>= 1;
    }
    occurrences[q]++;
  }

  /** The Golomb parameter of a context (A.5.1). */
  static int golombOrder(int occurrences, int magnitude) {
    int k = 0;
    while (k < 24 && occurrences << k < magnitude) {
      k++;
    }
    return k;
  }
}
