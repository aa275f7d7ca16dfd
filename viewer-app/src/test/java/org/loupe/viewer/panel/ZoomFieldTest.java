package org.loupe.viewer.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoomFieldTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3.37;3.37",
        "3,37;3.37",
        "x2;2",
        "×2.5;2.5",
        "4x;4",
        "337 %;3.37",
        " 16 ;16",
        "0.5;0.5"
      })
  void anyFactorIsUnderstood(String text, double factor) {
    assertEquals(factor, ZoomField.parse(text).orElseThrow(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "17", "0", "-2", "1e9", "NaN", "x"})
  void anythingElseIsRefused(String text) {
    assertEquals(OptionalDouble.empty(), ZoomField.parse(text));
  }
}
