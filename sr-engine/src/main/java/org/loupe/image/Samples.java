package org.loupe.image;

/**
 * Evenly spaced sample positions along one axis of an image, in its pixels: sample i lies at {@code
 * first + i * step}, and whole numbers are pixel centres.
 *
 * @param step distance between samples; above 1 (or below -1) the result is coarser than the image
 */
public record Samples(double first, double step, int count) {

  public Samples {
    if (!Double.isFinite(first) || !Double.isFinite(step) || count < 1) {
      throw new IllegalArgumentException("%d samples from %s by %s".formatted(count, first, step));
    }
  }

  /**
   * The lattice of {@code count} samples over the field of view of {@code n} pixels, first centres
   * coinciding, as k-space resizing lays it.
   */
  public static Samples overField(int n, int count) {
    return new Samples(0, (double) n / count, count);
  }

  /** Position of sample i, in pixels. */
  public double at(int i) {
    return first + i * step;
  }
}
