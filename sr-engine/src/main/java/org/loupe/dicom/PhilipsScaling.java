package org.loupe.dicom;

import java.util.OptionalDouble;

/**
 * Philips' private scaling. A Philips MR image has two real-world scales: the <em>displayed
 * value</em> stored * RescaleSlope + RescaleIntercept, which is what the console shows and what the
 * standard attributes say, and the <em>floating point value</em>, displayed / (RescaleSlope *
 * ScaleSlope), which compares between series that were displayed at different gains (Chenevert et
 * al., Translational Oncology 2014, 7(1):65). Loupe shows displayed values, as every standard
 * reader does; the factor to the other scale is told.
 *
 * @param rescaleSlope Rescale Slope
 * @param scaleSlope private Scale Slope (2005,xx0E)
 * @param scaleIntercept private Scale Intercept (2005,xx0D)
 */
public record PhilipsScaling(double rescaleSlope, double scaleSlope, double scaleIntercept) {

  private static final String CREATOR = "Philips MR Imaging DD 001";

  /** The scaling of a frame; null where it has no private one. */
  public static PhilipsScaling of(FrameTags tags) {
    OptionalDouble slope = tags.privateNumber(0x2005, CREATOR, 0x0e);
    if (slope.isEmpty() || !(slope.getAsDouble() > 0)) {
      return null;
    }
    return new PhilipsScaling(
        tags.number(Tag.RESCALE_SLOPE).orElse(1),
        slope.getAsDouble(),
        tags.privateNumber(0x2005, CREATOR, 0x0d).orElse(0));
  }

  /** The floating point value of a displayed value. */
  public double floatingPoint(double displayed) {
    return displayed / (rescaleSlope * scaleSlope);
  }
}
