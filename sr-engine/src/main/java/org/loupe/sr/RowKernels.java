package org.loupe.sr;

/**
 * Inner loops over one row. Each reads and writes all its arrays at one index and nothing else:
 * that is the form that the compiler turns into vector instructions, which is also why shifted rows
 * are copied first ({@link ShiftedRow}).
 */
final class RowKernels {

  private RowKernels() {}

  /** {@code out[x] += a * p[x] + b * q[x] + c * r[x] + d * s[x]}. */
  static void add4(
      float[] out,
      int n,
      float a,
      float[] p,
      float b,
      float[] q,
      float c,
      float[] r,
      float d,
      float[] s) {
    for (int x = 0; x < n; x++) {
      out[x] = Math.fma(a, p[x], Math.fma(b, q[x], Math.fma(c, r[x], Math.fma(d, s[x], out[x]))));
    }
  }

  /** {@code out[x] += a * p[x]}. */
  static void add(float[] out, int n, float a, float[] p) {
    for (int x = 0; x < n; x++) {
      out[x] = Math.fma(a, p[x], out[x]);
    }
  }

  /** {@code out[x] += sum of weights[i] * rows[i][x]}. */
  static void addAll(float[] out, int n, float[] weights, int from, float[][] rows) {
    int i = 0;
    for (; i + 4 <= rows.length; i += 4) {
      int k = from + i;
      add4(
          out,
          n,
          weights[k],
          rows[i],
          weights[k + 1],
          rows[i + 1],
          weights[k + 2],
          rows[i + 2],
          weights[k + 3],
          rows[i + 3]);
    }
    for (; i < rows.length; i++) {
      add(out, n, weights[from + i], rows[i]);
    }
  }

  /**
   * Adds a 3 x 3 convolution of one channel.
   *
   * @param k weights, row by row from {@code o} on
   */
  static void add3x3(
      float[] out, int n, ShiftedRow above, ShiftedRow here, ShiftedRow below, float[] k, int o) {
    add9(
        out,
        n,
        above.left,
        above.middle,
        above.right,
        here.left,
        here.middle,
        here.right,
        below.left,
        below.middle,
        below.right,
        k,
        o);
  }

  private static void add9(
      float[] out,
      int n,
      float[] p0,
      float[] p1,
      float[] p2,
      float[] p3,
      float[] p4,
      float[] p5,
      float[] p6,
      float[] p7,
      float[] p8,
      float[] k,
      int o) {
    float k0 = k[o];
    float k1 = k[o + 1];
    float k2 = k[o + 2];
    float k3 = k[o + 3];
    float k4 = k[o + 4];
    float k5 = k[o + 5];
    float k6 = k[o + 6];
    float k7 = k[o + 7];
    float k8 = k[o + 8];
    for (int x = 0; x < n; x++) {
      float top = Math.fma(k0, p0[x], Math.fma(k1, p1[x], Math.fma(k2, p2[x], out[x])));
      float mid = Math.fma(k3, p3[x], Math.fma(k4, p4[x], Math.fma(k5, p5[x], top)));
      out[x] = Math.fma(k6, p6[x], Math.fma(k7, p7[x], Math.fma(k8, p8[x], mid)));
    }
  }

  /** {@code out[x] += a[x] * b[x]}. */
  static void addProduct(float[] out, int n, float[] a, float[] b) {
    for (int x = 0; x < n; x++) {
      out[x] = Math.fma(a[x], b[x], out[x]);
    }
  }

  /** {@code out[x] += value}. */
  static void add(float[] out, int n, float value) {
    for (int x = 0; x < n; x++) {
      out[x] += value;
    }
  }

  /** {@code out[x] = max(0, out[x])}. */
  static void rectify(float[] out, int n) {
    for (int x = 0; x < n; x++) {
      out[x] = Math.max(0f, out[x]);
    }
  }
}
