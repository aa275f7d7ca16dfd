package org.loupe.image;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The weights of one axis of a separable resampling: sample i is the sum over t of {@code weight[i
 * * taps + t] * pixel[start[i] + t]}. Invariant: {@code 0 <= start[i]} and {@code start[i] + taps
 * <= n}, weights of pixels beyond the edge being folded into the edge pixel, so that the inner
 * loops need no bounds.
 */
final class AxisWeights {
  private final int[] start;
  private final float[] weight;
  private final int taps;

  private AxisWeights(int[] start, float[] weight, int taps) {
    this.start = start;
    this.weight = weight;
    this.taps = taps;
  }

  static AxisWeights nearest(Samples s, int n) {
    int[] start = new int[s.count()];
    float[] weight = new float[s.count()];
    for (int i = 0; i < start.length; i++) {
      start[i] = (int) Math.clamp(Math.floor(s.at(i) + 0.5), 0.0, n - 1.0);
      weight[i] = 1;
    }
    return new AxisWeights(start, weight, 1);
  }

  /**
   * @param reach half width of the kernel, pixels
   * @param radius half width of the kernel in the units of its argument
   */
  static AxisWeights of(Samples s, int n, double reach, DoubleUnaryOperator kernel, double radius) {
    int span = (int) Math.ceil(2 * reach);
    int taps = Math.min(span, n);
    int[] start = new int[s.count()];
    float[] weight = new float[s.count() * taps];
    double[] w = new double[taps];
    for (int i = 0; i < start.length; i++) {
      // Beyond the edge every position gives the edge pixel; the clamp also keeps the ints sane.
      double x = Math.clamp(s.at(i), -reach, n - 1 + reach);
      int first = (int) Math.floor(x - reach) + 1;
      start[i] = Math.clamp(first, 0, n - taps);
      Arrays.fill(w, 0);
      double sum = 0;
      for (int p = first; p < first + span; p++) {
        double v = kernel.applyAsDouble((p - x) * radius / reach);
        w[Math.clamp(p, 0, n - 1) - start[i]] += v;
        sum += v;
      }
      for (int t = 0; t < taps; t++) {
        weight[i * taps + t] = (float) (w[t] / sum);
      }
    }
    return new AxisWeights(start, weight, taps);
  }

  /** First pixel that samples {@code from} to {@code end}, exclusive, need. */
  int low(int from, int end) {
    return Math.min(start[from], start[end - 1]);
  }

  /** Last pixel that samples {@code from} to {@code end}, exclusive, need. */
  int high(int from, int end) {
    return Math.max(start[from], start[end - 1]) + taps - 1;
  }

  /** All samples of one line: the pixels lie side by side from {@code offset} on. */
  void gather(float[] line, int offset, float[] out, int outOffset) {
    if (taps == 4) {
      gather4(line, offset, out, outOffset);
    } else {
      gatherAll(line, offset, out, outOffset);
    }
  }

  // Each loop is a method of its own. Where a frame asks for other taps than all before it, the JVM
  // throws away what it compiled of the method that chooses, and with the loops in it that frame
  // would be interpreted.

  private void gatherAll(float[] line, int offset, float[] out, int outOffset) {
    for (int i = 0; i < start.length; i++) {
      out[outOffset + i] = sum(line, offset + start[i], i * taps);
    }
  }

  private float sum(float[] line, int p, int k) {
    float v = 0;
    for (int t = 0; t < taps; t++) {
      v += weight[k + t] * line[p + t];
    }
    return v;
  }

  /** Unrolled for bicubic magnification, the viewer's case in nearly every frame. */
  private void gather4(float[] line, int offset, float[] out, int outOffset) {
    for (int i = 0; i < start.length; i++) {
      int p = offset + start[i];
      int k = 4 * i;
      out[outOffset + i] =
          weight[k] * line[p]
              + weight[k + 1] * line[p + 1]
              + weight[k + 2] * line[p + 2]
              + weight[k + 3] * line[p + 3];
    }
  }

  /**
   * Sample i of every column at once.
   *
   * @param lines rows of {@code width} values; the first one is row {@code low} of the image
   */
  void blend(int i, float[] lines, int low, int width, float[] out, int outOffset) {
    int p = (start[i] - low) * width;
    int k = i * taps;
    if (taps == 4) {
      blend4(k, lines, p, width, out, outOffset);
      return;
    }
    Arrays.fill(out, outOffset, outOffset + width, 0);
    for (int t = 0; t < taps; t++) {
      add(weight[k + t], lines, p + t * width, width, out, outOffset);
    }
  }

  private void blend4(int k, float[] lines, int p, int width, float[] out, int outOffset) {
    float a = weight[k];
    float b = weight[k + 1];
    float c = weight[k + 2];
    float d = weight[k + 3];
    for (int x = 0; x < width; x++) {
      out[outOffset + x] =
          a * lines[p + x]
              + b * lines[p + width + x]
              + c * lines[p + 2 * width + x]
              + d * lines[p + 3 * width + x];
    }
  }

  private static void add(float a, float[] line, int from, int width, float[] out, int to) {
    for (int x = 0; x < width; x++) {
      out[to + x] += a * line[from + x];
    }
  }
}
