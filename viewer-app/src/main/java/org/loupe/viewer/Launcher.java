package org.loupe.viewer;

import java.util.Arrays;
import java.util.logging.Logger;
import org.loupe.dicom.cli.DicomCli;
import org.loupe.sr.cli.SrCli;
import picocli.CommandLine;

/**
 * Starts the viewer, or the command that the first argument names. Not the {@link LoupeApp} itself:
 * a main class that is an Application would have to be in a module.
 */
public final class Launcher {

  /** JavaFX's own; held, because the settings of loggers that nobody holds are lost. */
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  private Launcher() {}

  /** Runs a command; the viewer returns when its window has been closed. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** The exit status of a command. */
  static int run(String... args) {
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    return switch (args.length == 0 ? "" : args[0]) {
      case "sr" -> SrCli.run(new SrCli(), rest);
      case "dicom" -> SrCli.run(new DicomCli(), rest);
      default -> runViewer(args);
    };
  }

  private static int runViewer(String... args) {
    // JavaFX warns that it was not loaded as a module; that is how Loupe ships.
    JAVAFX.setFilter(r -> !r.getMessage().startsWith("Unsupported JavaFX configuration"));
    return new CommandLine(new ViewCommand())
        .setExecutionExceptionHandler(Launcher::oneLine)
        .execute(args);
  }

  private static int oneLine(Exception e, CommandLine command, CommandLine.ParseResult result) {
    if (e instanceof CommandFailure failure) {
      command.getErr().println("loupe: " + failure.getMessage());
      return failure.status();
    }
    command.getErr().println("loupe: " + e);
    return org.loupe.sr.cli.ExitStatus.ENGINE_FAILURE;
  }
}
