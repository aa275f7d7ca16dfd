package org.loupe.viewer;

/** A command cannot go on: one line for the user and the exit status. */
final class CommandFailure extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  CommandFailure(int status, String line) {
    super(line);
    this.status = status;
  }

  int status() {
    return status;
  }
}
