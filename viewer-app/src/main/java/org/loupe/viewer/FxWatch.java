package org.loupe.viewer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;
import org.loupe.threads.Uninterrupted;

/**
 * Watches from outside how long the FX thread lets an event wait: a thread of its own posts one
 * empty event after another and takes the time until each is served. That is what a user feels as a
 * block, whatever its cause: a slow handler, painting, layout, or other threads on the cores.
 */
final class FxWatch implements AutoCloseable {

  /** A wait above this is felt, ms. */
  static final double FELT_MILLIS = 50;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Thread thread;
  private volatile boolean ended;

  /** When the waiting event was posted, {@link System#nanoTime()}; 0 while none waits. */
  private volatile long posted;

  /** Written by the watching thread, read after its end. */
  private double longest;

  private int felt;

  private FxWatch() {
    thread = Thread.ofPlatform().daemon().name("fx-watch").start(this::watch);
  }

  static FxWatch start() {
    return new FxWatch();
  }

  private void watch() {
    while (!ended) {
      AtomicBoolean served = new AtomicBoolean();
      long start = System.nanoTime();
      posted = start;
      Platform.runLater(
          () -> {
            served.set(true);
            LockSupport.unpark(thread);
          });
      while (!served.get() && !ended) {
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(100));
      }
      double millis = (System.nanoTime() - start) / 1e6;
      posted = 0;
      longest = Math.max(longest, millis);
      felt += millis > FELT_MILLIS ? 1 : 0;
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  /** How long the event that waits now has waited, ms. */
  double waitingMillis() {
    long since = posted;
    return since == 0 ? 0 : (System.nanoTime() - since) / 1e6;
  }

  /** The longest wait, ms; after {@link #close}. */
  double longestMillis() {
    return longest;
  }

  /** How many waits were felt; after {@link #close}. */
  int felt() {
    return felt;
  }

  /** Ends watching; an event that still waits counts with the time it has waited so far. */
  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(thread);
    Uninterrupted.run(thread::join);
  }
}
