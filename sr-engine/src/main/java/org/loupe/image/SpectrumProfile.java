package org.loupe.image;

import java.util.List;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Power spectrum along one axis: for every frequency of the axis, the mean decimal logarithm of the
 * power over a band of the other axis' frequencies, 5 to 30 % of its Nyquist frequency. Below the
 * band lie the streaks that the edges of the field of view make, above it the corners that scanners
 * leave out.
 */
final class SpectrumProfile {

  private static final double LOWEST = 0.05;
  private static final double HIGHEST = 0.3;

  /** Powers below this fraction of the highest are rounding. */
  private static final double ROUNDING = 1e-13;

  private SpectrumProfile() {}

  /**
   * The profiles of an image along its rows and along its columns.
   *
   * @return of each, element k for k cycles per field of view, from 0 to below Nyquist; null where
   *     the image is constant or a line
   */
  static List<double[]> of(Image2 image) {
    int w = image.width();
    int h = image.height();
    if (w < 2 || h < 2) {
      return null;
    }
    double[][] power = power(image);
    double highest = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        highest = x + y == 0 ? highest : Math.max(highest, power[y][x]);
      }
    }
    if (highest == 0) {
      return null;
    }
    double floor = ROUNDING * highest;
    double[] across = new double[(w - 1) / 2 + 1];
    double[] down = new double[(h - 1) / 2 + 1];
    for (int k = 0; k < across.length; k++) {
      double sum = 0;
      for (int f = first(h); f <= last(h); f++) {
        sum += Math.log10(power[f][k] + power[(h - f) % h][k] + floor);
      }
      across[k] = sum / (last(h) - first(h) + 1);
    }
    for (int k = 0; k < down.length; k++) {
      double sum = 0;
      for (int f = first(w); f <= last(w); f++) {
        sum += Math.log10(power[k][f] + power[k][(w - f) % w] + floor);
      }
      down[k] = sum / (last(w) - first(w) + 1);
    }
    return List.of(across, down);
  }

  private static int first(int n) {
    return Math.max(1, (int) Math.ceil(LOWEST * n / 2));
  }

  private static int last(int n) {
    return Math.min(n - 1, Math.max(first(n), (int) (HIGHEST * n / 2)));
  }

  /** Squared moduli of the two-dimensional Fourier transform, rows of frequencies along x. */
  private static double[][] power(Image2 image) {
    int w = image.width();
    int h = image.height();
    DoubleFFT_1D alongRows = new DoubleFFT_1D(w);
    DoubleFFT_1D alongColumns = new DoubleFFT_1D(h);
    double[][] rows = new double[h][2 * w];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        float value = image.at(x, y);
        rows[y][2 * x] = Float.isFinite(value) ? value : 0;
      }
      alongRows.complexForward(rows[y]);
    }
    double[][] power = new double[h][w];
    double[] column = new double[2 * h];
    for (int x = 0; x < w; x++) {
      for (int y = 0; y < h; y++) {
        column[2 * y] = rows[y][2 * x];
        column[2 * y + 1] = rows[y][2 * x + 1];
      }
      alongColumns.complexForward(column);
      for (int y = 0; y < h; y++) {
        power[y][x] = column[2 * y] * column[2 * y] + column[2 * y + 1] * column[2 * y + 1];
      }
    }
    return power;
  }
}
