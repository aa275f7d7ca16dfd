package org.loupe.sr.cli;

import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import org.loupe.study.Problem;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loupe sr}: the engine's command line. */
@Command(
    name = "loupe sr",
    mixinStandardHelpOptions = true,
    description = "Super-resolution of T2, guided by PD, T1 or FLAIR. Not for diagnostic use.",
    subcommands = {
      UpscaleCommand.class,
      BatchCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      PriorCommand.class,
      CoverageCommand.class,
      LeakCommand.class,
      WarningsCommand.class,
      NoiseCommand.class,
      SimulateCommand.class,
      TrainCommand.class,
      CasesCommand.class,
      InfoCommand.class,
      LatencyCommand.class,
      ThroughputCommand.class,
      StormCommand.class,
      ModelsCommand.class
    })
public final class SrCli implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing; see loupe sr --help");
  }

  public static void main(String[] args) {
    System.exit(run(new SrCli(), args));
  }

  /** Runs a command with the exit statuses and one-line errors that all commands share. */
  public static int run(Object command, String... args) {
    CommandLine line = commandLine(command);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      line.getErr().println("loupe: not enough memory; LOUPE_JAVA_OPTIONS=-Xmx8g gives more");
      return ExitStatus.ENGINE_FAILURE;
    }
  }

  /** What {@link #run} runs; its writers can be replaced. */
  static CommandLine commandLine(Object command) {
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          PrintWriter err = e.getCommandLine().getErr();
          err.println(oneLine(e));
          return ExitStatus.WRONG_ARGUMENTS;
        });
    line.setExecutionExceptionHandler(
        (e, at, parsed) -> {
          LoggerFactory.getLogger(SrCli.class).debug("failed", e);
          at.getErr().println(oneLine(e));
          return status(e);
        });
    return line;
  }

  private static int status(Exception e) {
    if (e instanceof ParameterException) {
      return ExitStatus.WRONG_ARGUMENTS;
    }
    boolean input =
        e instanceof java.io.IOException && !(e instanceof org.loupe.sr.model.ModelException);
    return input ? ExitStatus.UNREADABLE_INPUT : ExitStatus.ENGINE_FAILURE;
  }

  private static String oneLine(Exception e) {
    // Those of the file system give the path and no reason.
    String message =
        e instanceof FileSystemException f && f.getReason() == null
            ? f.getFile() + ": " + Problem.reason(e)
            : Problem.reason(e);
    return "loupe: " + message.replaceAll("\\s*\\R\\s*", "; ");
  }
}
