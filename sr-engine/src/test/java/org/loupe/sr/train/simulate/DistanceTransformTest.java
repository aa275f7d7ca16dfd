package org.loupe.sr.train.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DistanceTransformTest {

  @Test
  void agreesWithAllPairs() {
    int nx = 9;
    int ny = 7;
    int nz = 5;
    Random random = new Random(4);
    boolean[] marked = new boolean[nx * ny * nz];
    for (int i = 0; i < 6; i++) {
      marked[random.nextInt(marked.length)] = true;
    }
    float[] got = DistanceTransform.squared(marked, nx, ny, nz);
    for (int i = 0; i < marked.length; i++) {
      int best = Integer.MAX_VALUE;
      for (int j = 0; j < marked.length; j++) {
        if (marked[j]) {
          int dx = i % nx - j % nx;
          int dy = i / nx % ny - j / nx % ny;
          int dz = i / (nx * ny) - j / (nx * ny);
          best = Math.min(best, dx * dx + dy * dy + dz * dz);
        }
      }
      assertEquals(best, got[i], 1e-4);
    }
  }

  @Test
  void nothingMarkedIsFarAway() {
    for (float d : DistanceTransform.squared(new boolean[24], 4, 3, 2)) {
      assertTrue(d > 1e9);
    }
  }
}
