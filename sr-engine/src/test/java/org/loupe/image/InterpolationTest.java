package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {

  @Test
  void agreesWithPillowAndScipy() throws IOException {
    Image2 x = Fixtures.pattern(17, 13, 0);
    int cases = 0;
    for (JsonNode c : Fixtures.json(InterpolationTest.class, "interpolation.json")) {
      Interpolation kind = Interpolation.valueOf(c.get("interpolation").asText());
      Image2 got = kind.resample(x, samples(c.get("x")), samples(c.get("y")));
      assertEquals(
          0,
          Fixtures.difference(Fixtures.image(c.get("answer")), got),
          1e-5,
          c.get("x") + " " + kind);
      cases++;
    }
    assertEquals(8, cases);
  }

  @Test
  void bicubicIsKeysKernel() {
    // At 0.5 the weights are -1/16, 9/16, 9/16, -1/16.
    Image2 row = new Image2(new float[] {1, 2, 4, 8}, 4, 1);
    Image2 got = Interpolation.BICUBIC.resample(row, new Samples(1.5, 1, 1), new Samples(0, 1, 1));
    assertEquals((-1 + 9 * 2 + 9 * 4 - 8) / 16.0, got.at(0, 0), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void theOwnLatticeChangesNothing(Interpolation kind) {
    Image2 x = Fixtures.pattern(9, 7, 2);
    Image2 got = kind.resample(x, new Samples(0, 1, 9), new Samples(0, 1, 7));
    assertEquals(0, Fixtures.difference(x, got), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void onePixelAndFarOutsideGiveTheEdge(Interpolation kind) {
    Image2 one = new Image2(new float[] {7}, 1, 1);
    Image2 got = kind.resample(one, new Samples(-50, 13.7, 9), new Samples(3, 0.1, 2));
    for (float v : got.values()) {
      assertEquals(7, v, 1e-5);
    }
    Image2 row = new Image2(new float[] {1, 5, 9}, 3, 1);
    Image2 far = kind.resample(row, new Samples(-1e12, 2e12, 2), new Samples(0, 1, 1));
    if (kind == Interpolation.NEAREST) {
      assertArrayEquals(new float[] {1, 9}, far.values());
    }
    Image2 near = kind.resample(row, new Samples(-30, 0.5, 2), new Samples(0, 1, 1));
    assertArrayEquals(new float[] {1, 1}, near.values(), 1e-6f);
  }

  @Test
  void backwardsLatticeMirrors() {
    Image2 x = Fixtures.pattern(12, 5, 0);
    Samples rows = new Samples(0, 1, 5);
    Image2 there = Interpolation.LANCZOS.resample(x, new Samples(1.2, 0.4, 10), rows);
    Image2 back = Interpolation.LANCZOS.resample(x, new Samples(1.2 + 0.4 * 9, -0.4, 10), rows);
    for (int r = 0; r < 5; r++) {
      for (int c = 0; c < 10; c++) {
        assertEquals(there.at(c, r), back.at(9 - c, r), 1e-5);
      }
    }
  }

  @Test
  void buffersAreTheCallers() {
    Image2 x = Fixtures.pattern(40, 30, 0);
    Samples columns = new Samples(3.3, 0.5, 21);
    Samples rows = new Samples(11.7, 0.25, 17);
    float[] out = new float[21 * 17 + 5];
    float[] scratch = Interpolation.BICUBIC.resample(x, columns, rows, out, null);
    // Rows 10 to 17 hold all that these positions need.
    assertTrue(scratch.length <= 21 * 9, "scratch of " + scratch.length);
    assertSame(scratch, Interpolation.BICUBIC.resample(x, columns, rows, out, scratch));
    Image2 fresh = Interpolation.BICUBIC.resample(x, columns, rows);
    assertArrayEquals(fresh.values(), java.util.Arrays.copyOf(out, 21 * 17));
  }

  private static Samples samples(JsonNode s) {
    return new Samples(s.get(0).asDouble(), s.get(1).asDouble(), s.get(2).asInt());
  }
}
