package org.loupe.image;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Resolution as an MR scanner changes it: by the part of k-space that is kept.
 *
 * <p>A size change keeps the frequencies that both lattices carry (for n samples these are {@code
 * -floor(n/2) ... n-1-floor(n/2)}), drops or zero-fills the others, and keeps the mean. Sample i of
 * the new lattice of N lies at old position {@code i * n / N}: first sample centres coincide, and
 * the image is periodic. The unpaired highest frequency of an even lattice stays where the discrete
 * Fourier transform puts it, on the negative side, and the real part is taken once at the end;
 * hence the passes below are complex. All arithmetic is in double precision. Any sizes work, prime
 * ones included.
 */
public final class KSpace {

  private static final int TILE = 16;

  private KSpace() {}

  /**
   * The size of {@code n} samples at an {@code s} times lower resolution: {@code n / s} rounded,
   * halves to even.
   */
  public static int lowSize(int n, double s) {
    return (int) Math.rint(n / s);
  }

  /**
   * The image as acquired with fewer phase encodings and samples: the central part of k-space.
   *
   * @param width columns to keep; more than the image has zero-fills that axis
   * @param height rows to keep; likewise
   */
  public static Image2 degrade(Image2 x, int width, int height) {
    return resize(x, width, height);
  }

  /**
   * Zero-filled (trigonometric) interpolation to a larger lattice.
   *
   * @param width columns of the result; fewer than the image has crops that axis in k-space
   * @param height rows of the result; likewise
   */
  public static Image2 zeroFill(Image2 lowResolution, int width, int height) {
    return resize(lowResolution, width, height);
  }

  /**
   * The image with its central k-space replaced by the measured one, so that {@link #degrade} of
   * the result gives {@code measured} back (apart from the unpaired frequency of even lattices).
   *
   * @param y an image over the same field of view as {@code measured}
   * @param measured the acquired image, on y's lattice or a coarser one
   */
  public static Image2 dataConsistency(Image2 y, Image2 measured) {
    int w = y.width();
    int h = y.height();
    if (measured.width() > w || measured.height() > h) {
      throw new IllegalArgumentException(
          "measured %d x %d is finer than the image, %d x %d"
              .formatted(measured.width(), measured.height(), w, h));
    }
    // By linearity: y plus what zero-filling makes of its departure from the measurement.
    int m = measured.width();
    int n = measured.height();
    double[] departure = resize(complex(y), w, h, m, n);
    for (int i = 0; i < m * n; i++) {
      departure[2 * i] -= measured.values()[i];
    }
    double[] detail = resize(departure, m, n, w, h);
    float[] out = new float[w * h];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (y.values()[i] - detail[2 * i]);
    }
    return new Image2(out, w, h);
  }

  /**
   * The middle of the image whose sides are the largest multiples of {@code k}. The origin is
   * {@code n/2 - size/2} in whole numbers, per axis.
   *
   * @throws IllegalArgumentException where a side is shorter than k
   */
  public static Image2 centreCrop(Image2 x, int k) {
    int w = x.width() / k * k;
    int h = x.height() / k * k;
    if (w == 0 || h == 0) {
      throw new IllegalArgumentException(
          "%d x %d pixels have no block of %d".formatted(x.width(), x.height(), k));
    }
    int x0 = x.width() / 2 - w / 2;
    int y0 = x.height() / 2 - h / 2;
    float[] out = new float[w * h];
    for (int row = 0; row < h; row++) {
      System.arraycopy(x.values(), (y0 + row) * x.width() + x0, out, row * w, w);
    }
    return new Image2(out, w, h);
  }

  private static Image2 resize(Image2 x, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image of " + width + " x " + height + " pixels");
    }
    double[] data = resize(complex(x), x.width(), x.height(), width, height);
    float[] out = new float[width * height];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) data[2 * i];
    }
    return new Image2(out, width, height);
  }

  /** Both axes of a complex image. */
  private static double[] resize(double[] data, int w, int h, int width, int height) {
    double[] rows = rows(data, w, h, width);
    double[] columns = rows(transposed(rows, width, h), h, width, height);
    return transposed(columns, height, width);
  }

  /** Interleaved real and imaginary parts. */
  private static double[] complex(Image2 x) {
    double[] data = new double[2 * x.values().length];
    for (int i = 0; i < x.values().length; i++) {
      data[2 * i] = x.values()[i];
    }
    return data;
  }

  /** Every row of w samples to n samples. */
  private static double[] rows(double[] in, int w, int h, int n) {
    Line line = new Line(w, n);
    double[] out = new double[2 * n * h];
    for (int row = 0; row < h; row++) {
      System.arraycopy(in, 2 * row * w, line.in, 0, 2 * w);
      line.transform();
      System.arraycopy(line.out, 0, out, 2 * row * n, 2 * n);
    }
    return out;
  }

  /** Rows to columns, in blocks that fit a cache. */
  private static double[] transposed(double[] in, int w, int h) {
    double[] out = new double[in.length];
    for (int r0 = 0; r0 < h; r0 += TILE) {
      for (int c0 = 0; c0 < w; c0 += TILE) {
        for (int r = r0; r < Math.min(h, r0 + TILE); r++) {
          for (int c = c0; c < Math.min(w, c0 + TILE); c++) {
            out[2 * (c * h + r)] = in[2 * (r * w + c)];
            out[2 * (c * h + r) + 1] = in[2 * (r * w + c) + 1];
          }
        }
      }
    }
    return out;
  }

  /** One row or column on its way through its spectrum. */
  private static final class Line {
    final double[] in;
    final double[] out;
    private final DoubleFFT_1D forward;
    private final DoubleFFT_1D inverse;

    Line(int from, int to) {
      in = new double[2 * from];
      out = new double[2 * to];
      forward = new DoubleFFT_1D(from);
      inverse = new DoubleFFT_1D(to);
    }

    /** Overwrites {@link #in}, fills {@link #out}. */
    void transform() {
      int from = in.length / 2;
      int to = out.length / 2;
      forward.complexForward(in);
      Arrays.fill(out, 0);
      double gain = (double) to / from;
      int band = Math.min(from, to);
      for (int k = -(band / 2); k < band - band / 2; k++) {
        int a = k < 0 ? k + from : k;
        int b = k < 0 ? k + to : k;
        out[2 * b] = in[2 * a] * gain;
        out[2 * b + 1] = in[2 * a + 1] * gain;
      }
      inverse.complexInverse(out, true);
    }
  }
}
