package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours whose Lab values (D50) are well known: the corners of sRGB, and its middle grey. */
class CieLabTest {

  @ParameterizedTest
  @CsvSource({
    "100, 0, 0, ffffff",
    "0, 0, 0, 000000",
    "53.59, 0, 0, 808080",
    "54.29, 80.81, 69.89, ff0000",
    "87.82, -79.29, 80.99, 00ff00",
    "29.57, 68.30, -112.03, 0000ff",
  })
  void becomesScreenColours(double lightness, double a, double b, String rgb) {
    int expected = Integer.parseInt(rgb, 16);
    int actual = CieLab.toRgb(lightness, a, b);
    for (int shift = 0; shift < 24; shift += 8) {
      assertEquals(expected >> shift & 255, actual >> shift & 255, 1.5, rgb);
    }
  }
}
