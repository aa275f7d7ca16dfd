package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseAxisTest {

  /** Directions of a row and of a column of pixels, LPS, and where phase is encoded by habit. */
  @ParameterizedTest
  @CsvSource({
    "1 0 0, 0 1 0, COLUMNS",
    "0 1 0, 1 0 0, ROWS",
    "-0.98 0.1 0.1, 0.1 0.9 -0.3, COLUMNS",
    "1 0 0, 0 0 -1, COLUMNS",
    "0 0 -1, 1 0 0, ROWS",
    "0 1 0, 0 0 -1, COLUMNS",
    "0 0 -1, 0 1 0, ROWS",
  })
  void theUsualAxisFollowsTheHead(String row, String column, PhaseAxis usual) {
    SlicePlane plane = new SlicePlane(new Vec3(0, 0, 0), vector(row), vector(column), 8, 6);
    assertEquals(usual, PhaseAxis.usual(plane));
    SlicePlane turned =
        new SlicePlane(
            plane.origin(),
            /* columnStep= */ plane.rowStep(),
            /* rowStep= */ plane.columnStep(),
            6,
            8);
    assertEquals(usual.transposed(), PhaseAxis.usual(turned));
  }

  private static Vec3 vector(String text) {
    String[] n = text.split(" ", -1);
    return new Vec3(Double.parseDouble(n[0]), Double.parseDouble(n[1]), Double.parseDouble(n[2]));
  }
}
