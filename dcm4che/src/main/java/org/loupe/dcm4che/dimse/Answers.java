package org.loupe.dcm4che.dimse;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.Status;

/**
 * The answers to one request, in a queue between the association's thread and the one that waits. A
 * full queue holds the association up, and so the other side.
 */
final class Answers extends DimseRSPHandler {

  private static final int QUEUE = 256;
  private static final int POLL_MILLISECONDS = 50;

  private final BlockingQueue<Answer> queue = new ArrayBlockingQueue<>(QUEUE);

  /** Bytes of the request that were sent: as long as they grow, the other side is alive. */
  private final AtomicLong sent;

  /**
   * One answer.
   *
   * @param data its data set; null where it has none
   * @param failure why there is no answer and will be none; else null
   */
  record Answer(Attributes command, Attributes data, IOException failure) {

    int status() {
      return command.getInt(Tag.Status, 0);
    }

    boolean pending() {
      return Status.isPending(status());
    }
  }

  Answers(int message, AtomicLong sent) {
    super(message);
    this.sent = sent;
  }

  @Override
  public void onDimseRSP(Association association, Attributes command, Attributes data) {
    super.onDimseRSP(association, command, data);
    put(new Answer(command, data, null));
  }

  @Override
  public void onClose(Association association) {
    super.onClose(association);
    IOException why = association.getException();
    fail(why == null ? new IOException("the association was released") : why);
  }

  void fail(IOException why) {
    put(new Answer(null, null, why));
  }

  private void put(Answer answer) {
    try {
      queue.put(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody waits any more
    }
  }

  /**
   * Waits for the next answer.
   *
   * @param patience without an answer, or a byte that was sent, for so long it gives up
   * @throws CancellationException when it is cancelled, or the thread is interrupted
   * @throws IOException where none will come
   */
  Answer next(Duration patience, BooleanSupplier cancelled) throws IOException {
    long since = System.nanoTime();
    long before = sent.get();
    while (true) {
      if (cancelled.getAsBoolean()) {
        throw Cancelled.onRequest();
      }
      Answer answer = poll();
      if (answer != null && answer.failure != null) {
        throw answer.failure;
      }
      if (answer != null) {
        return answer;
      }
      if (sent.get() != before) {
        before = sent.get();
        since = System.nanoTime();
      }
      if (System.nanoTime() - since > patience.toNanos()) {
        throw new DimseException("no answer within " + patience.toSeconds() + " s");
      }
    }
  }

  private Answer poll() {
    try {
      return queue.poll(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw Cancelled.by(e);
    }
  }
}
