package org.loupe.image;

/**
 * Where a {@link SpectrumProfile} falls to a floor: the edge of the measured band.
 *
 * <p>Natural images lose power gradually towards high frequencies. Beyond the measured band only
 * rounding and what taking the magnitude of noise and of ringing puts there are left: a floor that
 * falls slowly. So for every candidate frequency c a line is fitted to the profile from c to 1.5 c,
 * and the drop is the profile at 0.72 c less the line at c: the candidate with the largest drop
 * starts the floor. It is then moved down while the profile stays close to the floor, or to a step
 * within a few samples where there is one (k-space that ends without a filter).
 *
 * @param frequency first frequency beyond the band, cycles per field of view
 * @param drop decades of power by which the profile falls to the floor
 * @param sharp whether it falls within a few samples
 */
record BandEdge(int frequency, double drop, boolean sharp) {

  /** A profile with fewer frequencies has too few for a floor. */
  static final int LEAST = 32;

  private static final double BEFORE = 0.72;
  private static final double SPAN = 1.5;
  private static final double LOWEST = 0.2;
  private static final double HIGHEST = 0.94;

  /** Decades, and part of the drop, that a step within three samples must have to be the edge. */
  private static final double SHARP = 0.4;

  private static final double SHARP_SHARE = 0.25;

  /** Where the step is looked for, from this part of the floor's start. */
  private static final double SHARP_FROM = 0.6;

  /** The steepest power law of natural images. */
  private static final double NATURAL = 4;

  /**
   * @param profile at least {@link #LEAST} values
   */
  static BandEdge of(double[] profile) {
    int n = profile.length;
    double[] smooth = smooth(profile);
    Floor best = null;
    double drop = Double.NEGATIVE_INFINITY;
    for (int c = (int) Math.ceil(LOWEST * n); c <= (int) (HIGHEST * n); c++) {
      int end = Math.min(n - 1, (int) (SPAN * c));
      if (end - c < 3) {
        continue;
      }
      Floor floor = Floor.fit(profile, c, end);
      double fall = at(smooth, BEFORE * c) - floor.level;
      if (fall > drop) {
        drop = fall;
        best = floor;
      }
    }
    int sharpest = sharpest(profile, best, drop);
    return sharpest > 0
        ? new BandEdge(sharpest, drop, true)
        : new BandEdge(kneeOf(profile, best, drop), drop, false);
  }

  /**
   * How far the profile falls across a frequency, decades: its value at 0.9 c less its mean from c
   * to 1.25 c.
   */
  static double dropAt(double[] profile, double c) {
    int from = Math.min(profile.length - 1, (int) Math.ceil(c));
    int to = Math.min(profile.length - 1, (int) (1.25 * c));
    double sum = 0;
    for (int k = from; k <= to; k++) {
      sum += profile[k];
    }
    return at(smooth(profile), 0.9 * c) - sum / (to - from + 1);
  }

  /** Frequency of the highest step near the start of the floor; -1 where there is none. */
  private static int sharpest(double[] profile, Floor floor, double drop) {
    int sharpest = -1;
    double highest = Math.max(SHARP, SHARP_SHARE * drop);
    int first = Math.max(2, (int) (SHARP_FROM * floor.from));
    for (int k = first; k <= Math.min(profile.length - 3, floor.from); k++) {
      double step = (profile[k - 2] + profile[k - 1] - profile[k + 1] - profile[k + 2]) / 2;
      double natural = NATURAL * Math.log10((k + 1.5) / (k - 1.5));
      if (step - natural > highest) {
        highest = step - natural;
        sharpest = k;
      }
    }
    return sharpest;
  }

  private static int kneeOf(double[] profile, Floor floor, double drop) {
    int lowest = (int) (BEFORE * floor.from);
    // A steep floor must not be followed into the band.
    double slope = Math.max(floor.slope, -0.25 * drop / ((1 - BEFORE) * floor.from));
    double tolerance = Math.max(0.15, 0.1 * drop);
    int c = floor.from;
    while (c > lowest && profile[c - 1] <= floor.level + slope * (c - 1 - floor.from) + tolerance) {
      c--;
    }
    return c + 1;
  }

  /** A line that does not rise: {@code level + slope * (k - from)}. */
  private record Floor(int from, double level, double slope) {

    /** Least squares over the samples from..to. */
    static Floor fit(double[] profile, int from, int to) {
      int n = to - from + 1;
      double middle = (n - 1) / 2.0;
      double mean = 0;
      for (int k = from; k <= to; k++) {
        mean += profile[k] / n;
      }
      double covariance = 0;
      double variance = 0;
      for (int k = from; k <= to; k++) {
        double x = k - from - middle;
        covariance += x * (profile[k] - mean);
        variance += x * x;
      }
      double slope = Math.min(0, covariance / variance);
      return new Floor(from, mean - slope * middle, slope);
    }
  }

  private static double at(double[] values, double position) {
    int k = Math.min(values.length - 2, (int) position);
    return values[k] + (position - k) * (values[k + 1] - values[k]);
  }

  private static double[] smooth(double[] profile) {
    int n = profile.length;
    double[] smooth = new double[n];
    for (int k = 0; k < n; k++) {
      smooth[k] = (profile[Math.max(0, k - 1)] + profile[k] + profile[Math.min(n - 1, k + 1)]) / 3;
    }
    return smooth;
  }
}
