package org.loupe.viewer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.application.Application;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.ModelOption;
import org.loupe.sr.model.ModelException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe [--verbose] [PATH...]}: the viewer. */
@Command(
    name = "loupe",
    description = "Opens MR studies and super-resolves T2. Not for diagnostic use.",
    mixinStandardHelpOptions = true,
    version = "Loupe 0.1.0",
    subcommands = {
      SnapshotCommand.class,
      FilmCommand.class,
      PerfCommand.class,
      AnnotationsCommand.class
    })
final class ViewCommand implements Callable<Integer> {

  @Option(
      names = "--verbose",
      description = "Print when each step of starting up was reached, in ms since the JVM's start.")
  private boolean verbose;

  @Mixin private ModelOption model;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description = "Folders, DICOM or NIfTI files, zip archives; the demo study when left out.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws CommandFailure {
    check(paths);
    check(model);
    List<String> args = new ArrayList<>();
    if (verbose) {
      args.add("--" + LoupeApp.VERBOSE + "=true");
    }
    args.add("--" + LoupeApp.MODEL + "=" + model.name());
    // Absolute paths cannot be taken for parameters.
    paths.forEach(path -> args.add(path.toAbsolutePath().toString()));
    Application.launch(LoupeApp.class, args.toArray(String[]::new));
    return ExitStatus.DONE;
  }

  static void check(ModelOption model) throws CommandFailure {
    try {
      model.find();
    } catch (ModelException e) {
      throw new CommandFailure(ExitStatus.ENGINE_FAILURE, e.getMessage());
    }
  }

  static void check(List<Path> paths) throws CommandFailure {
    for (Path path : paths) {
      if (!Files.isReadable(path)) {
        String why = Files.exists(path) ? "cannot be read" : "does not exist";
        throw new CommandFailure(ExitStatus.UNREADABLE_INPUT, path + " " + why);
      }
    }
  }
}
