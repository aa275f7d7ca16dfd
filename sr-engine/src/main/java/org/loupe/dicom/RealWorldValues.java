package org.loupe.dicom;

import java.util.OptionalDouble;

/**
 * From the stored values of a parametric map to those of its quantity (Real World Value Mapping,
 * PS3.3 C.7.6.16.2.11).
 */
record RealWorldValues(double slope, double intercept) {

  /**
   * The mapping of a frame: stored values as they are where it has none.
   *
   * @throws DicomException where it is a table
   */
  static RealWorldValues of(FrameTags tags) throws DicomException {
    OptionalDouble slope = tags.number(Tag.REAL_WORLD_VALUE_SLOPE);
    boolean mapped = tags.number(Tag.REAL_WORLD_VALUE_FIRST_VALUE_MAPPED).isPresent();
    if (slope.isEmpty() && mapped) {
      throw new DicomException("real world values by a table are not supported");
    }
    // A slope of zero is a mistake that would leave nothing of the image.
    double factor = slope.orElse(1) == 0 ? 1 : slope.orElse(1);
    return new RealWorldValues(factor, tags.number(Tag.REAL_WORLD_VALUE_INTERCEPT).orElse(0));
  }

  /** A window of stored values as one of the quantity's: it comes before the mapping. */
  VoiLut mapped(VoiLut window) {
    return new VoiLut(
        VoiLut.Function.LINEAR_EXACT,
        window.centre() * slope + intercept,
        window.width() * Math.abs(slope),
        null);
  }

  /** What is no number becomes the smallest value that is one: it lies outside the map. */
  float[] apply(double[] stored) {
    float[] values = new float[stored.length];
    float smallest = Float.POSITIVE_INFINITY;
    for (int n = 0; n < stored.length; n++) {
      values[n] = (float) (stored[n] * slope + intercept);
      smallest = Float.isFinite(values[n]) ? Math.min(smallest, values[n]) : smallest;
    }
    for (int n = 0; n < values.length; n++) {
      if (!Float.isFinite(values[n])) {
        values[n] = Float.isFinite(smallest) ? smallest : 0;
      }
    }
    return values;
  }
}
