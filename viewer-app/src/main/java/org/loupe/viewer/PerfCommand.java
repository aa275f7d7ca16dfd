package org.loupe.viewer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.ModelOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loupe perf}: how quickly a zoom is drawn and super-resolved here. */
@Command(
    name = "perf",
    description =
        "Scripts zoom and pan gestures on three linked panes of 640 x 640 pixels, without a"
            + " screen, and prints frame times and times to super-resolution as JSON.",
    mixinStandardHelpOptions = true)
final class PerfCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "Folder, file or zip archive with T2; the demo study when left out.")
  private Path path;

  @Option(
      names = "--frames",
      description = "Frames of each of the two gestures. Default: ${DEFAULT-VALUE}")
  private int frames = 360;

  @Option(
      names = "--jumps",
      description =
          "Zooms after which the time to super-resolution is taken. Default:" + " ${DEFAULT-VALUE}")
  private int jumps = 12;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Longest time for all of it. Default: ${DEFAULT-VALUE}")
  private int timeout = 600;

  @Mixin private ModelOption model;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (frames < 1 || jumps < 1 || timeout < 1) {
      throw new CommandFailure(
          ExitStatus.WRONG_ARGUMENTS, "--frames, --jumps and --timeout: 1 or more");
    }
    Path study = path;
    if (study == null) {
      study =
          ViewerCommands.demo()
              .orElseThrow(
                  () ->
                      new CommandFailure(ExitStatus.UNREADABLE_INPUT, "the demo study is missing"));
    }
    ViewCommand.check(List.of(study));
    ViewCommand.check(model);
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    spec.commandLine()
        .getOut()
        .println(
            json.writeValueAsString(new Perf(model.name(), frames, jumps, timeout).measure(study)));
    return ExitStatus.DONE;
  }
}
