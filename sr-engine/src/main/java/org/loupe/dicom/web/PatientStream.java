package org.loupe.dicom.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer. The client's own clock stops at the headers; this one ends a body that
 * nothing has come of for a while.
 */
final class PatientStream extends FilterInputStream {

  private final ScheduledExecutorService clock;
  private final Duration patience;
  private final String host;
  private volatile boolean silent;

  /**
   * @param host who is waited for, for the message
   */
  PatientStream(InputStream in, ScheduledExecutorService clock, Duration patience, String host) {
    super(in);
    this.clock = clock;
    this.patience = patience;
    this.host = host;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] b, int from, int length) throws IOException {
    Future<?> alarm = clock.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int count = in.read(b, from, length);
      if (silent) {
        throw new IOException("closed");
      }
      return count;
    } catch (IOException e) {
      throw silent
          ? new DicomWebException(host + " was silent for " + patience.toSeconds() + " s", e)
          : e;
    } finally {
      alarm.cancel(false);
    }
  }

  /** Closing wakes whoever reads. */
  private void giveUp() {
    silent = true;
    try {
      in.close();
    } catch (IOException e) {
      // Whoever reads has the message.
    }
  }
}
