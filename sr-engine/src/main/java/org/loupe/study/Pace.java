package org.loupe.study;

import java.util.function.LongSupplier;

/**
 * When to show what has been read so far: once the first series is probably whole, or after half a
 * second whatever there is; then whenever half as much again has come, twice a second at most. What
 * takes less than a quarter of a second to read is shown once, at its end.
 */
final class Pace {

  private static final long QUICK = 250_000_000L;
  private static final long PATIENCE = 500_000_000L;

  private final LongSupplier clock;
  private final long start;
  private long last;
  private int shown;

  /**
   * @param clock nanoseconds, rising
   */
  Pace(LongSupplier clock) {
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /**
   * Whether to show now; then it is taken for shown.
   *
   * @param size slices so far
   * @param series series so far, the last of them still growing
   */
  boolean due(int size, int series) {
    if (size == shown) {
      return false;
    }
    long now = clock.getAsLong();
    boolean due =
        shown == 0
            ? now - start >= PATIENCE || (series > 1 && now - start >= QUICK)
            : now - last >= PATIENCE && size >= shown + shown / 2;
    if (due) {
      shown = size;
      last = now;
    }
    return due;
  }
}
