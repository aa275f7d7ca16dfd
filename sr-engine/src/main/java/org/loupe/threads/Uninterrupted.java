package org.loupe.threads;

/** Waits that go on to their end; the thread is interrupted again afterwards where it was. */
public final class Uninterrupted {

  /** Something to wait for. */
  public interface Wait {
    void run() throws InterruptedException;
  }

  private Uninterrupted() {}

  /**
   * Waits, anew where the thread is interrupted meanwhile.
   *
   * @param wait may be begun again
   */
  public static void run(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
