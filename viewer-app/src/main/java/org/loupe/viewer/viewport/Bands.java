package org.loupe.viewer.viewport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.loupe.threads.Uninterrupted;

/** Work on an image cut into bands of rows, one for each thread or two, done by all cores. */
final class Bands {

  /** Fewest rows of a band: below, handing it over costs more than it saves. */
  private static final int LEAST = 32;

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /**
   * Beside the calling thread; they live as long as the JVM. Not the common pool: background work,
   * which gives way to the window, starts threads of that one and they would give way too.
   */
  private static final Executor HELPERS =
      Executors.newFixedThreadPool(
          Math.max(1, CORES - 1), Thread.ofPlatform().daemon().name("paint-", 0).factory());

  /** Takes rows {@code from} to {@code end}, exclusive. */
  interface Work {
    void rows(int from, int end);
  }

  private final int rows;
  private final int bands;
  private final Work work;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch open;

  /** The first band's that failed: a RuntimeException or an Error. */
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Bands(int rows, int bands, Work work) {
    this.rows = rows;
    this.bands = bands;
    this.work = work;
    open = new CountDownLatch(bands);
  }

  /**
   * Runs the work for all rows; returns when all is done. Each thread takes the next band as soon
   * as it is free, so the calling one waits for bands that are being worked on and no others.
   */
  static void of(int rows, Work work) {
    int bands = Math.clamp(rows / LEAST, 1, 2 * CORES);
    if (bands == 1 || CORES == 1) {
      work.rows(0, rows);
      return;
    }
    Bands all = new Bands(rows, bands, work);
    for (int helper = 1; helper < Math.min(CORES, bands); helper++) {
      HELPERS.execute(all::take);
    }
    all.take();
    all.await();
  }

  private void take() {
    for (int b = next.getAndIncrement(); b < bands; b = next.getAndIncrement()) {
      try {
        work.rows((int) ((long) rows * b / bands), (int) ((long) rows * (b + 1) / bands));
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        open.countDown();
      }
    }
  }

  private void await() {
    Uninterrupted.run(open::await);
    if (failure.get() instanceof Error e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }
}
