package org.loupe.study;

import java.util.function.BooleanSupplier;

/** How whoever waits for loading follows it and stops it. Called on the thread that loads. */
public interface Progress {

  /** Nobody watches and nobody cancels. */
  Progress NONE = of(() -> false, (done, total, what) -> {});

  /** Whether to stop as soon as possible; the loader then throws CancellationException. */
  boolean cancelled();

  /**
   * Reports an advance.
   *
   * @param done files read so far
   * @param total files found; 0 while they are still being looked for
   * @param what the file or folder just dealt with
   */
  void report(int done, int total, String what);

  /** Takes what is reported. */
  @FunctionalInterface
  interface Report {
    void advanced(int done, int total, String what);
  }

  /** A progress of two parts. */
  static Progress of(BooleanSupplier cancelled, Report report) {
    return new Progress() {
      @Override
      public boolean cancelled() {
        return cancelled.getAsBoolean();
      }

      @Override
      public void report(int done, int total, String what) {
        report.advanced(done, total, what);
      }
    };
  }
}
