package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class KSpaceTest {

  @Test
  void agreesWithNumpy() throws IOException {
    int cases = 0;
    for (JsonNode c : Fixtures.json(KSpaceTest.class, "kspace.json")) {
      int w = c.get("width").asInt();
      int h = c.get("height").asInt();
      double s = c.get("scale").asDouble();
      Image2 low =
          KSpace.degrade(Fixtures.pattern(w, h, 0), KSpace.lowSize(w, s), KSpace.lowSize(h, s));
      assertEquals(0, Fixtures.difference(Fixtures.image(c.get("low")), low), 7e-6);
      assertEquals(
          0,
          Fixtures.difference(Fixtures.image(c.get("zeroFilled")), KSpace.zeroFill(low, w, h)),
          7e-6);
      Image2 consistent = KSpace.dataConsistency(Fixtures.pattern(w, h, 5), low);
      assertEquals(0, Fixtures.difference(Fixtures.image(c.get("consistent")), consistent), 7e-6);
      cases++;
    }
    assertTrue(cases >= 3);
  }

  @Test
  void sizesRoundHalvesToEven() {
    assertEquals(2, KSpace.lowSize(5, 2));
    assertEquals(4, KSpace.lowSize(7, 2));
    assertEquals(102, KSpace.lowSize(336, 3.3));
  }

  @Test
  void sameSizeChangesNothing() {
    Image2 x = Fixtures.pattern(22, 19, 1);
    assertEquals(0, Fixtures.difference(x, KSpace.degrade(x, 22, 19)), 1e-6);
    assertEquals(0, Fixtures.difference(x, KSpace.dataConsistency(x, x)), 1e-6);
  }

  @Test
  void consistentImageDegradesToTheMeasurement() {
    // Odd measured sizes have no unpaired frequency, so the agreement is exact.
    Image2 measured = Fixtures.pattern(11, 9, 3);
    Image2 y = KSpace.dataConsistency(Fixtures.pattern(31, 37, 0), measured);
    assertEquals(0, Fixtures.difference(measured, KSpace.degrade(y, 11, 9)), 2e-6);
  }

  @Test
  void oneAxisMayGrowWhileTheOtherShrinks() {
    Image2 x = Fixtures.pattern(20, 18, 0);
    Image2 both = KSpace.degrade(x, 30, 11);
    Image2 steps = KSpace.degrade(KSpace.zeroFill(x, 30, 18), 30, 11);
    // The real part is taken once or twice: the unpaired column frequency differs.
    assertEquals(30, both.width());
    assertEquals(0, Fixtures.difference(both, steps), 2e-2);
    assertEquals(mean(x), mean(both), 1e-5);
  }

  @Test
  void refusesAMeasurementFinerThanTheImage() {
    assertThrows(
        IllegalArgumentException.class,
        () -> KSpace.dataConsistency(new Image2(8, 8), new Image2(9, 8)));
  }

  @Test
  void cropsTheMiddle() {
    Image2 x = new Image2(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, 5, 3);
    // 5 columns: origin 5/2 - 4/2 = 0; 3 rows: origin 3/2 - 2/2 = 0.
    Image2 cropped = KSpace.centreCrop(x, 2);
    assertArrayEquals(new float[] {0, 1, 2, 3, 5, 6, 7, 8}, cropped.values());
    assertThrows(IllegalArgumentException.class, () -> KSpace.centreCrop(x, 4));
  }

  private static double mean(Image2 x) {
    double sum = 0;
    for (float v : x.values()) {
      sum += v;
    }
    return sum / x.values().length;
  }
}
