package org.loupe.dcm4che.dimse;

import java.util.concurrent.CancellationException;

/** What waiting ends with when nobody wants its result any more. */
final class Cancelled {

  private Cancelled() {}

  static CancellationException onRequest() {
    return new CancellationException("it was cancelled");
  }

  /** For a thread that was interrupted, which stays so. */
  static CancellationException by(InterruptedException e) {
    Thread.currentThread().interrupt();
    CancellationException cancelled = new CancellationException("it was interrupted");
    cancelled.initCause(e);
    return cancelled;
  }
}
