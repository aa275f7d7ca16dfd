package org.loupe.viewer.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.loupe.study.SegmentationOverlay.Extent;

class SegmentTextsTest {

  @Test
  void smallVolumesHaveMoreDecimals() {
    assertEquals("0.004 ml", volume(0.004));
    assertEquals("0.10 ml", volume(0.1));
    assertEquals("1.23 ml", volume(1.234));
    assertEquals("12.3 ml", volume(12.34));
    assertEquals("not known", volume(Double.NaN));
    assertEquals("", SegmentTexts.volume(null), "not measured yet");
  }

  private static String volume(double ml) {
    return SegmentTexts.volume(new Extent(ml, null));
  }
}
