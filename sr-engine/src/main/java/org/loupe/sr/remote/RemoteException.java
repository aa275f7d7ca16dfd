package org.loupe.sr.remote;

/** A server that cannot do what it was asked for; the message is for the user. */
public final class RemoteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether the same request may go through a little later. */
  private final boolean passing;

  RemoteException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  boolean isPassing() {
    return passing;
  }
}
