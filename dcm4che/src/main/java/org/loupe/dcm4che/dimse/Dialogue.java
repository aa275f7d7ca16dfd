package org.loupe.dcm4che.dimse;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.NoPresentationContextException;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;

/**
 * An association that we asked for. Whatever blocks on the network runs on threads of its own, so
 * that waiting for it ends when it is cancelled or takes too long; they end with it.
 */
final class Dialogue implements AutoCloseable {

  private static final int CONNECT_MILLISECONDS = 15_000;
  private static final int RELEASE_MILLISECONDS = 5_000;
  private static final int POLL_MILLISECONDS = 50;

  private final DimseNode node;
  private final Duration patience;
  private final BooleanSupplier cancelled;
  private final LocalDevice device;
  private final AtomicLong sent = new AtomicLong();
  private Association association;

  /** Sends a request. */
  @FunctionalInterface
  interface Request {
    void send(Association association, Answers answers) throws IOException, InterruptedException;
  }

  /**
   * Opens the association.
   *
   * @param wanted its presentation contexts
   * @param patience longest time without a sign of life
   * @param cancelled asked while it waits
   * @throws CancellationException when it says so
   */
  Dialogue(
      DimseNode node,
      String title,
      AAssociateRQ wanted,
      Duration patience,
      BooleanSupplier cancelled)
      throws DimseException {
    this.node = node;
    this.patience = patience;
    this.cancelled = cancelled;
    device = new LocalDevice(title);
    device.connection().setConnectTimeout(CONNECT_MILLISECONDS);
    device.connection().setAcceptTimeout((int) patience.toMillis());
    device.connection().setReleaseTimeout(RELEASE_MILLISECONDS);
    wanted.setCallingAET(title);
    wanted.setCalledAET(node.title());
    Connection there = new Connection(null, node.host(), node.port());
    ApplicationEntity here = device.entity();
    boolean open = false;
    try {
      association = await(device.threads().submit(() -> here.connect(there, wanted)));
      open = true;
    } finally {
      if (!open) {
        device.close();
      }
    }
  }

  private Association await(Future<Association> opening) throws DimseException {
    while (true) {
      try {
        return opening.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (cancelled.getAsBoolean()) {
          throw Cancelled.onRequest();
        }
      } catch (InterruptedException e) {
        throw Cancelled.by(e);
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  /** Sends a request and returns where its answers will be. */
  Answers ask(Request request) {
    Answers answers = new Answers(association.nextMessageID(), sent);
    device
        .threads()
        .execute(
            () -> {
              try {
                request.send(association, answers);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                answers.fail(e);
              } catch (RuntimeException e) {
                answers.fail(new IOException(e));
              }
            });
    return answers;
  }

  /** Asks for no more answers (C-CANCEL): one comes that says so. */
  void cancel(Answers answers) {
    device
        .threads()
        .execute(
            () -> {
              try {
                answers.cancel(association);
              } catch (IOException e) {
                answers.fail(e);
              }
            });
  }

  /** Waits for the next answer. */
  Answers.Answer next(Answers answers) throws DimseException {
    return next(answers, patience);
  }

  /** Waits for the next answer with a patience of its own. */
  Answers.Answer next(Answers answers, Duration longest) throws DimseException {
    try {
      return answers.next(longest, cancelled);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  Association association() {
    return association;
  }

  /** Counts what was sent of a request. */
  AtomicLong sent() {
    return sent;
  }

  /** What went wrong, in one line that names the node. */
  private DimseException failure(Throwable e) {
    return new DimseException(node + ": " + reason(e).lines().findFirst().orElse(""), e);
  }

  private static String reason(Throwable e) {
    if (e instanceof AAssociateRJ refusal) {
      return "the association is refused, " + reason(refusal);
    }
    if (e instanceof AAbort) {
      return "the association was broken off, or not accepted in time";
    }
    if (e instanceof NoPresentationContextException) {
      return "this service is not offered";
    }
    if (e instanceof EOFException) {
      return "the connection was closed";
    }
    if (e instanceof UnknownHostException) {
      return "there is no such host";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String reason(AAssociateRJ refusal) {
    if (refusal.getSource() == AAssociateRJ.SOURCE_SERVICE_USER) {
      return switch (refusal.getReason()) {
        case AAssociateRJ.REASON_CALLING_AET_NOT_RECOGNIZED -> "our title is not known there";
        case AAssociateRJ.REASON_CALLED_AET_NOT_RECOGNIZED -> "it has another title";
        default -> "without a reason";
      };
    }
    return refusal.getResult() == AAssociateRJ.RESULT_REJECTED_TRANSIENT
        ? "it is too busy"
        : "it speaks another protocol";
  }

  /** Says goodbye, where all that was wanted has been answered. */
  void release() {
    Future<?> goodbye =
        device
            .threads()
            .submit(
                () -> {
                  association.release();
                  association.waitForSocketClose();
                  return null;
                });
    try {
      goodbye.get(RELEASE_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Then it is cut off.
    }
  }

  /** Cuts the association off where it was not released. */
  @Override
  public void close() {
    device.close();
  }
}
