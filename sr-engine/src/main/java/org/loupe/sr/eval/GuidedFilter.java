package org.loupe.sr.eval;

import org.loupe.image.Image2;

/**
 * Adds the detail of a reference to a blurred target: {@code z + box(a) * (ref - lowPassed)} with
 * {@code a = cov(lowPassed, z) / (var(lowPassed) + 0.003)} in a sliding square window, the local
 * linear model of He, Sun and Tang (IEEE TPAMI 35:1397, 2013). For images scaled to maximum 1.
 */
final class GuidedFilter {

  private static final double EPSILON = 3e-3;

  private GuidedFilter() {}

  /** Side of the window, pixels: 2.5 factors, rounded (halves to even), made odd. */
  static int window(double factor) {
    return (int) Math.rint(2.5 * factor) | 1;
  }

  /**
   * @param z zero-filled target
   * @param reference reference at full resolution
   * @param lowPassed reference with the band of z
   * @param factor nominal scale between the target's acquired grid and this one
   */
  static Image2 apply(Image2 z, Image2 reference, Image2 lowPassed, double factor) {
    int w = z.width();
    int h = z.height();
    int n = w * h;
    int k = window(factor);
    double[] zz = new double[n];
    double[] rr = new double[n];
    double[] rz = new double[n];
    double[] rSquared = new double[n];
    for (int i = 0; i < n; i++) {
      zz[i] = z.values()[i];
      rr[i] = lowPassed.values()[i];
      rz[i] = rr[i] * zz[i];
      rSquared[i] = rr[i] * rr[i];
    }
    for (double[] plane : new double[][] {zz, rr, rz, rSquared}) {
      boxMean(plane, w, h, k);
    }
    double[] a = new double[n];
    for (int i = 0; i < n; i++) {
      a[i] = (rz[i] - rr[i] * zz[i]) / (rSquared[i] - rr[i] * rr[i] + EPSILON);
    }
    boxMean(a, w, h, k);
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      double detail = (double) reference.values()[i] - lowPassed.values()[i];
      out[i] = (float) (z.values()[i] + a[i] * detail);
    }
    return new Image2(out, w, h);
  }

  /**
   * Replaces each value by the mean over a k by k window (k odd), the image being mirrored at its
   * edges with the edge pixel repeated (scipy.ndimage.uniform_filter, mode reflect).
   */
  static void boxMean(double[] v, int w, int h, int k) {
    double[] line = new double[Math.max(w, h)];
    for (int row = 0; row < h; row++) {
      boxLine(v, row * w, 1, w, k, line);
    }
    for (int column = 0; column < w; column++) {
      boxLine(v, column, w, h, k, line);
    }
  }

  private static void boxLine(double[] v, int offset, int stride, int n, int k, double[] line) {
    for (int i = 0; i < n; i++) {
      line[i] = v[offset + i * stride];
    }
    int r = k / 2;
    double sum = 0;
    for (int i = -r; i <= r; i++) {
      sum += line[mirror(i, n)];
    }
    for (int i = 0; i < n; i++) {
      v[offset + i * stride] = sum / k;
      sum += line[mirror(i + r + 1, n)] - line[mirror(i - r, n)];
    }
  }

  private static int mirror(int i, int n) {
    int m = Math.floorMod(i, 2 * n);
    return m < n ? m : 2 * n - 1 - m;
  }
}
