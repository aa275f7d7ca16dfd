package org.loupe.viewer.measure;

import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;

/**
 * Statistics of the original pixels whose centres lie in a region.
 *
 * @param count number of pixels
 * @param area of the region itself, mm²
 * @param mean in the units of the series; NaN without pixels, as the others
 * @param sd sample standard deviation (n - 1); 0 of one pixel
 * @param histogram pixels in {@link #BINS} even classes from min to max
 */
public record RegionStatistics(
    int count, double area, double mean, double sd, double min, double max, int[] histogram) {

  /** Classes of the histogram. */
  public static final int BINS = 32;

  /** The statistics of a slice in a region; pixels that are not finite are left out. */
  public static RegionStatistics of(Measurement region, SlicePlane plane, Image2 slice) {
    RegionMask mask = RegionMask.of(region, plane);
    double[] values = new double[mask.inside().length];
    int n = 0;
    for (int r = 0; r < mask.height(); r++) {
      for (int c = 0; c < mask.width(); c++) {
        float v = slice.at(mask.column() + c, mask.row() + r);
        if (mask.inside()[r * mask.width() + c] && Float.isFinite(v)) {
          values[n++] = v;
        }
      }
    }
    return of(Measures.area(region), values, n);
  }

  static RegionStatistics of(double area, double[] values, int n) {
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      sum += values[i];
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    if (n == 0) {
      return new RegionStatistics(
          0, area, Double.NaN, Double.NaN, Double.NaN, Double.NaN, new int[BINS]);
    }
    double mean = sum / n;
    double squares = 0;
    int[] histogram = new int[BINS];
    for (int i = 0; i < n; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
      double part = max > min ? (values[i] - min) / (max - min) : 0;
      histogram[(int) Math.min(BINS - 1.0, part * BINS)]++;
    }
    double sd = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
    return new RegionStatistics(n, area, mean, sd, min, max, histogram);
  }
}
