package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MapPlanesTest {

  private static final int CHANNELS = 2;
  private static final int WIDTH = 37;
  private static final int HEIGHT = 5000;
  private static final MapPlanes.Lattice LATTICE =
      new MapPlanes.Lattice(CHANNELS, WIDTH, HEIGHT, 1, 1);

  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /** Rows of very different ranges, the first one constant. */
  private static float value(int channel, int row, int column) {
    return (float) (row * Math.sin(0.3 * column + channel) - 10 * channel);
  }

  private static float[] rows(int channel, int first, int count) {
    float[] values = new float[count * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(channel, first + i / WIDTH, i % WIDTH);
    }
    return values;
  }

  @Test
  void bytesAreOffByHalfALevel() {
    MapPlanes maps = MapPlanes.bytes(MapPlanesTest::rows, LATTICE, arena);
    for (int row : new int[] {0, 1, 3, 4000, HEIGHT - 1}) {
      assertRead(maps, row, 2.0 * row / 510 * 1.001 + 1e-6);
    }
    assertTrue(maps.bytes() >= (long) CHANNELS * WIDTH * HEIGHT);
  }

  @Test
  void halvesKeepElevenBits() {
    MapPlanes maps = MapPlanes.halves(MapPlanesTest::rows, LATTICE, arena);
    for (int row : new int[] {0, 1, 3, 4000, HEIGHT - 1}) {
      assertRead(maps, row, (row + 10.0) / 2048);
    }
    assertEquals(2L * CHANNELS * WIDTH * HEIGHT, maps.bytes());
  }

  /** A whole row, and a part of one from within. */
  private static void assertRead(MapPlanes maps, int row, double tolerance) {
    MapPlanes.Reader reader = maps.reader();
    float[] line = new float[WIDTH];
    for (int channel = 0; channel < CHANNELS; channel++) {
      reader.read(channel, row, 0, WIDTH, line);
      for (int x = 0; x < WIDTH; x++) {
        assertEquals(value(channel, row, x), line[x], tolerance);
      }
      reader.read(channel, row, 9, 4, line);
      for (int x = 0; x < 4; x++) {
        assertEquals(value(channel, row, 9 + x), line[x], tolerance);
      }
    }
  }

  @Test
  void whatIsTooLargeForAHalfBecomesTheLargest() {
    float[] values = {1e9f, -1e9f, 3};
    MapPlanes maps =
        MapPlanes.halves((c, first, count) -> values, new MapPlanes.Lattice(1, 3, 1, 1, 1), arena);
    float[] line = new float[3];
    maps.reader().read(0, 0, 0, 3, line);
    assertEquals(65504, line[0]);
    assertEquals(-65504, line[1]);
    assertEquals(3, line[2]);
  }

  /** One value that is none spoils its row and no other. */
  @Test
  void aValueThatIsNoneStaysInItsRow() {
    float[] values = {1, 2, Float.NaN, 4, 5, 6};
    MapPlanes maps =
        MapPlanes.bytes((c, first, count) -> values, new MapPlanes.Lattice(1, 3, 2, 1, 1), arena);
    float[] line = new float[3];
    maps.reader().read(0, 1, 0, 3, line);
    assertEquals(5, line[1], 1e-2);
    maps.reader().read(0, 0, 0, 3, line);
    assertFalse(Float.isFinite(line[0]));
  }

  @Test
  void endWithTheirArena() {
    MapPlanes maps =
        MapPlanes.bytes(
            MapPlanesTest::rows, new MapPlanes.Lattice(CHANNELS, WIDTH, 10, 1, 1), arena);
    MapPlanes.Reader reader = maps.reader();
    float[] line = new float[WIDTH];
    reader.read(0, 0, 0, WIDTH, line);
    arena.close();
    assertThrows(IllegalStateException.class, () -> reader.read(0, 0, 0, WIDTH, line));
  }
}
