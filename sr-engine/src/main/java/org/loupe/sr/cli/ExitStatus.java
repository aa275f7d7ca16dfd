package org.loupe.sr.cli;

/** Exit statuses of every command: a contract with scripts. */
public final class ExitStatus {
  public static final int DONE = 0;
  public static final int WRONG_ARGUMENTS = 2;
  public static final int UNREADABLE_INPUT = 3;
  public static final int ENGINE_FAILURE = 4;

  private ExitStatus() {}
}
