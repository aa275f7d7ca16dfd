package org.loupe.image;

/** Colours of CIELab, relative to D50 as DICOM has them (PS3.3 C.10.7.1.1), for the screen. */
public final class CieLab {

  /** D50, the white of the profile connection space. */
  private static final double[] WHITE = {0.9642, 1, 0.8249};

  /** From XYZ of D50 to linear sRGB, whose own white is D65, adapted after Bradford. */
  private static final double[][] TO_RGB = {
    {3.1338561, -1.6168667, -0.4906146},
    {-0.9787684, 1.9161415, 0.0334540},
    {0.0719453, -0.2289914, 1.4052427},
  };

  private CieLab() {}

  /**
   * The colour on the screen, the nearest in each channel where the screen cannot show it.
   *
   * @param lightness L*, 0 to 100
   * @return 0xRRGGBB of sRGB
   */
  public static int toRgb(double lightness, double a, double b) {
    double y = (lightness + 16) / 116;
    double[] xyz = {
      WHITE[0] * cubed(y + a / 500), WHITE[1] * cubed(y), WHITE[2] * cubed(y - b / 200)
    };
    int rgb = 0;
    for (double[] row : TO_RGB) {
      double linear = row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2];
      rgb = rgb << 8 | (int) Math.rint(255 * Math.clamp(gamma(linear), 0, 1));
    }
    return rgb;
  }

  private static double cubed(double f) {
    return f > 6.0 / 29 ? f * f * f : 3 * (6.0 / 29) * (6.0 / 29) * (f - 4.0 / 29);
  }

  private static double gamma(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
  }
}
