package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class BandsTest {

  @Test
  void everyRowIsWorkedOnOnce() {
    for (int rows : new int[] {1, 31, 64, 97, 1000}) {
      AtomicIntegerArray times = new AtomicIntegerArray(rows);
      Bands.of(
          rows,
          (from, end) -> {
            for (int y = from; y < end; y++) {
              times.incrementAndGet(y);
            }
          });
      for (int y = 0; y < rows; y++) {
        assertEquals(1, times.get(y), rows + " rows: row " + y);
      }
    }
  }

  /** Wherever it happened, the caller hears of it, after all other bands are done. */
  @Test
  void aFailureComesToTheCaller() {
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                Bands.of(
                    1000,
                    (from, end) -> {
                      for (int y = from; y < end; y++) {
                        done.incrementAndGet(y);
                      }
                      if (end == 1000) {
                        throw new IllegalStateException("the last band");
                      }
                    }));
    assertTrue(e.getMessage().contains("last"));
    for (int y = 0; y < 1000; y++) {
      assertEquals(1, done.get(y), "row " + y);
    }
  }
}
