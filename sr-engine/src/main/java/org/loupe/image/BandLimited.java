package org.loupe.image;

/**
 * Trigonometric interpolation at arbitrary positions: what zero-filling k-space gives on its
 * lattice, anywhere. The image is taken as periodic.
 *
 * <p>With n samples and positions a step apart, the kept band is {@code B = min(n, n / step
 * rounded)} central frequencies, and the value at x is the real part of the sum over them. Per axis
 * that is a matrix {@code D = R + iJ}; the real part of {@code D_y X D_x^T} is {@code R_y X R_x^T -
 * J_y X J_x^T}. J comes from the one unpaired frequency {@code -B/2} of an even band alone, so it
 * has rank 2 and costs next to nothing. On the lattice {@code i * n / N} the result equals {@link
 * KSpace#zeroFill} to N samples.
 */
public final class BandLimited {

  private BandLimited() {}

  /** The image at the given columns and rows: x.count() by y.count() pixels. */
  public static Image2 resample(Image2 source, Samples x, Samples y) {
    int w = source.width();
    int h = source.height();
    Axis columns = new Axis(x, w);
    Axis rows = new Axis(y, h);
    int outW = x.count();
    int outH = y.count();
    float[] lines = new float[h * outW];
    for (int r = 0; r < h; r++) {
      for (int c = 0; c < w; c++) {
        add(lines, r * outW, columns.real, c * outW, source.values()[r * w + c], outW);
      }
    }
    float[] out = new float[outW * outH];
    for (int j = 0; j < outH; j++) {
      for (int r = 0; r < h; r++) {
        add(out, j * outW, lines, r * outW, rows.real[r * outH + j], outW);
      }
    }
    if (columns.unpaired() && rows.unpaired()) {
      subtractImaginary(source, columns, rows, out);
    }
    return new Image2(out, outW, outH);
  }

  private static void add(float[] to, int t, float[] from, int f, float gain, int count) {
    for (int i = 0; i < count; i++) {
      to[t + i] += gain * from[f + i];
    }
  }

  /** Subtracts J_y X J_x^T, where J[i][p] = -sin(a (x_i - p)) / n. */
  private static void subtractImaginary(Image2 source, Axis columns, Axis rows, float[] out) {
    int w = source.width();
    int h = source.height();
    // Moments of the image: (cos, sin) of the row against (cos, sin) of the column.
    double cc = 0;
    double cs = 0;
    double sc = 0;
    double ss = 0;
    for (int r = 0; r < h; r++) {
      double c = 0;
      double s = 0;
      for (int p = 0; p < w; p++) {
        double v = source.values()[r * w + p];
        c += v * Math.cos(columns.angle * p);
        s += v * Math.sin(columns.angle * p);
      }
      double rc = Math.cos(rows.angle * r);
      double rs = Math.sin(rows.angle * r);
      cc += rc * c;
      cs += rc * s;
      sc += rs * c;
      ss += rs * s;
    }
    double gain = 1.0 / ((double) w * h);
    int outW = columns.samples.count();
    for (int j = 0; j < rows.samples.count(); j++) {
      double ys = Math.sin(rows.angle * rows.samples.at(j));
      double yc = Math.cos(rows.angle * rows.samples.at(j));
      double c = gain * (ys * cc - yc * sc);
      double s = gain * (ys * cs - yc * ss);
      for (int i = 0; i < outW; i++) {
        double xs = columns.sines[i];
        double xc = columns.cosines[i];
        out[j * outW + i] -= (float) (c * xs - s * xc);
      }
    }
  }

  /** One axis: {@code real[p * count + i]} is the real weight of pixel p in sample i. */
  private static final class Axis {
    final Samples samples;
    final float[] real;

    /** Phase per pixel of the unpaired frequency, radians; NaN where the band is odd. */
    final double angle;

    final double[] sines;
    final double[] cosines;

    Axis(Samples samples, int n) {
      this.samples = samples;
      int count = samples.count();
      double step = Math.abs(samples.step());
      int band = step <= 1 ? n : Math.max(1, (int) Math.rint(n / step));
      angle = band % 2 == 0 ? Math.PI * band / n : Double.NaN;
      sines = new double[count];
      cosines = new double[count];
      real = new float[n * count];
      for (int i = 0; i < count; i++) {
        sines[i] = Math.sin(angle * samples.at(i));
        cosines[i] = Math.cos(angle * samples.at(i));
        for (int p = 0; p < n; p++) {
          real[p * count + i] = (float) dirichlet(samples.at(i) - p, n, band);
        }
      }
    }

    boolean unpaired() {
      return !Double.isNaN(angle);
    }

    /** Real part of the mean of the band's waves, exp(2 pi i k d / n), over n. */
    private static double dirichlet(double d, int n, int band) {
      int odd = band % 2 == 0 ? band - 1 : band;
      double half = Math.PI * d / n;
      double sine = Math.sin(half);
      // Near multiples of n both sines vanish and the paired waves are all 1.
      double paired = Math.abs(sine) < 1e-12 ? odd : Math.sin(odd * half) / sine;
      double single = band % 2 == 0 ? Math.cos(band * half) : 0;
      return (paired + single) / n;
    }
  }
}
