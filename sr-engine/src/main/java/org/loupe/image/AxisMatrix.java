package org.loupe.image;

/**
 * One-dimensional resampling as dense matrices: a separable 2-D resampling is {@code R * image *
 * C^T}. Row i of a matrix makes output sample i; positions are in input samples, whole numbers at
 * sample centres. Matrices are row-major {@code float[positions.length * size]}.
 */
public final class AxisMatrix {

  private AxisMatrix() {}

  /** The positions {@code start, start + step, ...}. */
  public static double[] positions(double start, double step, int count) {
    double[] positions = new double[count];
    for (int i = 0; i < count; i++) {
      positions[i] = start + i * step;
    }
    return positions;
  }

  /** Linear interpolation; positions outside take the edge sample. */
  public static float[] linear(double[] positions, int size) {
    float[] matrix = new float[positions.length * size];
    for (int i = 0; i < positions.length; i++) {
      double x = Math.clamp(positions[i], 0, size - 1);
      int low = Math.min((int) x, Math.max(0, size - 2));
      double weight = x - low;
      matrix[i * size + low] += (float) (1 - weight);
      if (weight > 0) {
        matrix[i * size + low + 1] += (float) weight;
      }
    }
    return matrix;
  }

  /**
   * Keys' cubic convolution (a = -1/2), widened by {@code step} where that is above 1 so that
   * coarser lattices do not alias; edge samples are repeated.
   *
   * @param step distance of neighbouring positions
   */
  public static float[] cubic(double[] positions, double step, int size) {
    float[] matrix = new float[positions.length * size];
    double width = Math.max(1, step);
    for (int i = 0; i < positions.length; i++) {
      int first = (int) Math.floor(positions[i] - 2 * width) + 1;
      int last = (int) Math.ceil(positions[i] + 2 * width) - 1;
      double sum = 0;
      for (int j = first; j <= last; j++) {
        sum += keys((positions[i] - j) / width);
      }
      for (int j = first; j <= last; j++) {
        int clamped = Math.clamp(j, 0, size - 1);
        matrix[i * size + clamped] += (float) (keys((positions[i] - j) / width) / sum);
      }
    }
    return matrix;
  }

  /** Keys (1981), cubic convolution interpolation, a = -1/2. */
  private static double keys(double x) {
    double t = Math.abs(x);
    if (t < 1) {
      return (1.5 * t - 2.5) * t * t + 1;
    }
    return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
  }

  /**
   * Trigonometric interpolation of a periodic signal of {@code size} samples through its {@code
   * band} lowest frequencies {@code -floor(band / 2) ... band - floor(band / 2) - 1}: zero filling
   * where {@code band == size}, k-space cropping where the positions are {@code n * size / band}.
   * The real part only, as magnitude images have it.
   */
  public static float[] bandLimited(double[] positions, int size, int band) {
    if (band < 1 || band > size) {
      throw new IllegalArgumentException("band " + band + " of " + size);
    }
    // Sum of cos(k t) over k = -(b-1)/2..(b-1)/2 is sin(b t / 2) / sin(t / 2) for odd b; an even
    // band adds the unpaired frequency cos(band t / 2). Sines of differences come from tables of
    // the sample positions, so that an element costs no transcendental function.
    int odd = band % 2 == 1 ? band : band - 1;
    boolean even = odd != band;
    double unit = Math.PI / size;
    double[] sinOne = sines(unit, size, 0);
    double[] cosOne = sines(unit, size, Math.PI / 2);
    double[] sinOdd = sines(unit * odd, size, 0);
    double[] cosOdd = sines(unit * odd, size, Math.PI / 2);
    double[] sinBand = sines(unit * band, size, 0);
    double[] cosBand = sines(unit * band, size, Math.PI / 2);
    float[] matrix = new float[positions.length * size];
    for (int i = 0; i < positions.length; i++) {
      double half = unit * positions[i];
      double sine = Math.sin(half);
      double cosine = Math.cos(half);
      double sineOdd = Math.sin(odd * half);
      double cosineOdd = Math.cos(odd * half);
      double sineBand = Math.sin(band * half);
      double cosineBand = Math.cos(band * half);
      for (int j = 0; j < size; j++) {
        double denominator = sine * cosOne[j] - cosine * sinOne[j];
        double sum =
            Math.abs(denominator) < 1e-9
                ? limit(half - unit * j, odd)
                : (sineOdd * cosOdd[j] - cosineOdd * sinOdd[j]) / denominator;
        if (even) {
          sum += cosineBand * cosBand[j] + sineBand * sinBand[j];
        }
        matrix[i * size + j] = (float) (sum / size);
      }
    }
    return matrix;
  }

  private static double[] sines(double step, int count, double phase) {
    double[] sines = new double[count];
    for (int j = 0; j < count; j++) {
      sines[j] = Math.sin(step * j + phase);
    }
    return sines;
  }

  /** sin(odd h) / sin(h) where h is a multiple of pi: odd, for every multiple, as odd is odd. */
  private static double limit(double half, int odd) {
    return odd * Math.cos((odd - 1) * half);
  }
}
