package org.loupe.study;

/** How whoever waits for loading follows it and stops it. Called on the thread that loads. */
public interface Progress {

  /** Nobody watches and nobody cancels. */
  Progress NONE =
      new Progress() {
        @Override
        public boolean cancelled() {
          return false;
        }

        @Override
        public void report(int done, int total, String what) {}
      };

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
}
