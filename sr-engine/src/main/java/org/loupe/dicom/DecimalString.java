package org.loupe.dicom;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as DICOM decimal strings: at most 16 characters (PS3.5 6.2), as exact as these allow. */
public final class DecimalString {

  private static final int LONGEST = 16;

  private DecimalString() {}

  /** The most precise decimal string of a finite number. */
  public static String of(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 17; digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
      String plain = rounded.toPlainString();
      if (plain.length() <= LONGEST) {
        return plain;
      }
      String scientific = rounded.toString();
      if (scientific.length() <= LONGEST) {
        return scientific;
      }
    }
    throw new IllegalArgumentException("no decimal string for " + value);
  }
}
