package org.loupe.sr.eval;

import org.loupe.image.Image2;

/** Agreement of an image with the truth. All sums are in double precision. */
public final class Metrics {

  /** Side of SSIM's window, pixels. */
  private static final int WINDOW = 7;

  private Metrics() {}

  /**
   * Peak signal-to-noise ratio, dB, over all pixels: the peak is the range (maximum less minimum)
   * of the truth. Positive infinity for equal images.
   */
  public static double psnr(Image2 image, Image2 truth) {
    requireSameSize(image, truth);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double squares = 0;
    for (int i = 0; i < truth.values().length; i++) {
      double t = truth.values()[i];
      double d = image.values()[i] - t;
      low = Math.min(low, t);
      high = Math.max(high, t);
      squares += d * d;
    }
    double mean = squares / truth.values().length;
    return 10 * Math.log10((high - low) * (high - low) / mean);
  }

  /**
   * Structural similarity (Wang et al., IEEE Trans. Image Process. 13:600, 2004) with a uniform 7x7
   * window, sample covariance, K1 = 0.01, K2 = 0.03, averaged over the windows that lie wholly in
   * the image: skimage.metrics.structural_similarity's defaults.
   *
   * @param range the range L that images of this kind can have; published tables differ in it, so
   *     it belongs beside the value
   */
  public static double ssim(Image2 image, Image2 truth, double range) {
    requireSameSize(image, truth);
    int w = image.width();
    int h = image.height();
    if (w < WINDOW || h < WINDOW) {
      throw new IllegalArgumentException("SSIM of " + w + " x " + h + " pixels");
    }
    double c1 = 0.01 * range * 0.01 * range;
    double c2 = 0.03 * range * 0.03 * range;
    double n = WINDOW * WINDOW;
    // Column sums of x, y, xx, yy, xy over the seven rows of the window.
    double[][] columns = new double[5][w];
    double total = 0;
    for (int row = 0; row < h; row++) {
      addRow(columns, image, truth, row, 1);
      if (row >= WINDOW) {
        addRow(columns, image, truth, row - WINDOW, -1);
      }
      if (row < WINDOW - 1) {
        continue;
      }
      double[] sums = new double[5];
      for (int c = 0; c < w; c++) {
        for (int m = 0; m < 5; m++) {
          sums[m] += columns[m][c] - (c >= WINDOW ? columns[m][c - WINDOW] : 0);
        }
        if (c >= WINDOW - 1) {
          double x = sums[0] / n;
          double y = sums[1] / n;
          double vx = (sums[2] / n - x * x) * n / (n - 1);
          double vy = (sums[3] / n - y * y) * n / (n - 1);
          double vxy = (sums[4] / n - x * y) * n / (n - 1);
          total += (2 * x * y + c1) * (2 * vxy + c2) / ((x * x + y * y + c1) * (vx + vy + c2));
        }
      }
    }
    return total / ((double) (w - WINDOW + 1) * (h - WINDOW + 1));
  }

  private static void addRow(double[][] columns, Image2 image, Image2 truth, int row, double gain) {
    int w = image.width();
    for (int c = 0; c < w; c++) {
      double x = image.values()[row * w + c];
      double y = truth.values()[row * w + c];
      columns[0][c] += gain * x;
      columns[1][c] += gain * y;
      columns[2][c] += gain * x * x;
      columns[3][c] += gain * y * y;
      columns[4][c] += gain * x * y;
    }
  }

  /**
   * Dice's coefficient of one label in two label maps: twice the overlap over the sum of the sizes.
   * NaN where neither map has the label.
   */
  public static double dice(Image2 labels, Image2 truth, int label) {
    requireSameSize(labels, truth);
    long both = 0;
    long sizes = 0;
    for (int i = 0; i < truth.values().length; i++) {
      boolean a = Math.round(labels.values()[i]) == label;
      boolean b = Math.round(truth.values()[i]) == label;
      both += a && b ? 1 : 0;
      sizes += (a ? 1 : 0) + (b ? 1 : 0);
    }
    return 2.0 * both / sizes;
  }

  private static void requireSameSize(Image2 a, Image2 b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          "%d x %d pixels against %d x %d".formatted(a.width(), a.height(), b.width(), b.height()));
    }
  }
}
