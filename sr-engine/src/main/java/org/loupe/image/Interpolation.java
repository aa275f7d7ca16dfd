package org.loupe.image;

/**
 * Separable interpolation of an image onto an axis-parallel lattice. Beyond the outermost pixel
 * centres the edge pixel is repeated. Where a step is longer than a pixel, the kernel is widened by
 * the step, so that it filters what the coarser lattice cannot carry ({@link #NEAREST} never
 * filters). Weights are normalised to a sum of 1.
 */
public enum Interpolation {
  /** The pixel whose area holds the position. */
  NEAREST(0.5),
  /** Linear in each axis. */
  BILINEAR(1),
  /**
   * Cubic convolution with a = -0.5 (Keys, IEEE Trans. ASSP 29:1153, 1981): exact for quadratics.
   */
  BICUBIC(2),
  /** Sinc windowed by a sinc, three lobes. */
  LANCZOS(3);

  /** Half width of the kernel at step 1, pixels. */
  private final double radius;

  Interpolation(double radius) {
    this.radius = radius;
  }

  /** The image at the given columns and rows: x.count() by y.count() pixels. */
  public Image2 resample(Image2 source, Samples x, Samples y) {
    float[] out = new float[Math.multiplyExact(x.count(), y.count())];
    resample(source, x, y, out, null);
    return new Image2(out, x.count(), y.count());
  }

  /**
   * As {@link #resample(Image2, Samples, Samples)}, into the caller's buffer.
   *
   * @param out takes x.count() * y.count() values, row by row
   * @param scratch any array, kept by the caller between calls to save allocation; null for none
   * @return the scratch array to pass next time: the given one, or a longer one
   */
  public float[] resample(Image2 source, Samples x, Samples y, float[] out, float[] scratch) {
    return onto(x, y, source.width(), source.height()).rows(source, 0, y.count(), out, scratch);
  }

  /** The resampling of images of a size to the given columns and rows. */
  public Resampling onto(Samples x, Samples y, int width, int height) {
    return new Resampling(weights(x, width), weights(y, height), x.count());
  }

  private AxisWeights weights(Samples s, int n) {
    if (this == NEAREST) {
      return AxisWeights.nearest(s, n);
    }
    // A kernel of several images' width sees little but the edges; the cap bounds the work.
    double widening = Math.clamp(Math.abs(s.step()), 1, 4.0 * n);
    return AxisWeights.of(s, n, radius * widening, this::kernel, radius);
  }

  /** The kernel at distance t from its centre, in units of max(1, step) pixels. */
  private double kernel(double t) {
    double d = Math.abs(t);
    if (d >= radius) {
      return 0;
    }
    return switch (this) {
      case NEAREST -> 1;
      case BILINEAR -> 1 - d;
      case BICUBIC -> d <= 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2;
      case LANCZOS -> sinc(d) * sinc(d / 3);
    };
  }

  private static double sinc(double d) {
    double a = Math.PI * d;
    return a < 1e-9 ? 1 : Math.sin(a) / a;
  }
}
