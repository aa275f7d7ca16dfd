package org.loupe.viewer.viewport;

import java.util.stream.IntStream;

/** Work on an image cut into bands of rows, one for each thread or two, done by all cores. */
final class Bands {

  /** Fewest rows of a band: below, handing it over costs more than it saves. */
  private static final int LEAST = 32;

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** Takes rows {@code from} to {@code end}, exclusive. */
  interface Work {
    void rows(int from, int end);
  }

  private Bands() {}

  /** Runs the work for all rows; returns when all is done. */
  static void of(int rows, Work work) {
    int bands = Math.clamp(rows / LEAST, 1, 2 * CORES);
    if (bands == 1) {
      work.rows(0, rows);
      return;
    }
    IntStream.range(0, bands)
        .parallel()
        .forEach(
            b -> work.rows((int) ((long) rows * b / bands), (int) ((long) rows * (b + 1) / bands)));
  }
}
