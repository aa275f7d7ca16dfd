package org.loupe.sr.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.loupe.image.Fixtures.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;

class MetricsTest {

  @Test
  void agreesWithSkimage() throws IOException {
    JsonNode cases = Fixtures.json(MetricsTest.class, "metrics.json");
    assertEquals(3, cases.size());
    for (JsonNode c : cases) {
      int w = c.get("width").asInt();
      int h = c.get("height").asInt();
      Image2 truth = sum(pattern(w, h, 0), 0.5f, pattern(w, h, 0), 0);
      Image2 image = sum(pattern(w, h, 9), 0.15f, pattern(w, h, 0), 0.325f);
      assertEquals(c.get("psnr").asDouble(), Metrics.psnr(image, truth), 1e-4);
      assertEquals(c.get("ssim1").asDouble(), Metrics.ssim(image, truth, 1), 1e-5);
      assertEquals(c.get("ssim2").asDouble(), Metrics.ssim(image, truth, 2), 1e-5);
    }
  }

  @Test
  void equalImagesAreAsGoodAsCanBe() {
    Image2 x = pattern(9, 8, 0);
    assertEquals(Double.POSITIVE_INFINITY, Metrics.psnr(x, x));
    assertEquals(1, Metrics.ssim(x, x, 1), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> Metrics.psnr(x, pattern(8, 9, 0)));
    assertThrows(
        IllegalArgumentException.class, () -> Metrics.ssim(pattern(6, 9, 0), pattern(6, 9, 0), 1));
  }

  @Test
  void diceCountsOverlap() {
    Image2 a = new Image2(new float[] {1, 1, 1, 2, 0, 0}, 3, 2);
    Image2 b = new Image2(new float[] {1, 1, 2, 2, 1, 0}, 3, 2);
    assertEquals(2.0 * 2 / (3 + 3), Metrics.dice(a, b, 1), 1e-12);
    assertEquals(2.0 * 1 / (1 + 2), Metrics.dice(a, b, 2), 1e-12);
    assertTrue(Double.isNaN(Metrics.dice(a, b, 3)));
  }

  @Test
  void guidedFilterAgreesWithScipy() throws IOException {
    JsonNode cases = Fixtures.json(MetricsTest.class, "guided.json");
    assertEquals(3, cases.size());
    for (JsonNode c : cases) {
      int w = c.get("width").asInt();
      int h = c.get("height").asInt();
      Image2 zero = new Image2(w, h);
      Image2 got =
          GuidedFilter.apply(
              sum(pattern(w, h, 0), 0.5f, zero, 0),
              sum(pattern(w, h, 2), 0.5f, zero, 0),
              sum(pattern(w, h, 4), 0.5f, zero, 0),
              c.get("scale").asDouble());
      assertEquals(0, Fixtures.difference(Fixtures.image(c.get("guided")), got), 1e-5);
    }
  }

  private static Image2 sum(Image2 a, float fa, Image2 b, float fb) {
    float[] v = new float[a.values().length];
    for (int i = 0; i < v.length; i++) {
      v[i] = fa * a.values()[i] + fb * b.values()[i];
    }
    return new Image2(v, a.width(), a.height());
  }
}
