package org.loupe.sr.cli;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.loupe.image.AcquiredGrid;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SuperResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sr info}: loads the model, which checks it, and says what runs where; of a series, which
 * lattice it was acquired on.
 */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description =
        "Say which model, engine and device super-resolution runs on; with --target, also how many"
            + " pixels of a series were measured.")
public final class InfoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "FILE|FOLDER",
      description = "T2: say which part of its pixels was acquired, and how that was found")
  private Path target;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException {
    UpscaleInput input =
        target == null ? null : UpscaleInput.read(target, null, null, UpscaleInput.Acquired.AUTO);
    try (SuperResolver resolver = engine.open()) {
      ModelInfo info = resolver.info();
      Engine djl = Engine.getInstance();
      PrintWriter out = spec.commandLine().getOut();
      out.printf("model   %s %s%n", info.name(), info.version());
      if (info.manifest().format() != null) {
        out.printf("format  %s%n", info.manifest().format());
      }
      info.manifest().sha256().forEach((file, hash) -> out.printf("        %s %s%n", file, hash));
      out.printf("engine  %s %s%n", djl.getEngineName(), djl.getVersion());
      out.printf("device  %s%n", info.device());
      out.printf("java    %s%n", Runtime.version());
      if (input != null) {
        AcquiredGrid grid = input.acquired();
        out.printf(
            "target  %d x %d acquired of %d x %d stored (columns x rows): %s%n",
            grid.columns(), grid.rows(), grid.storedColumns(), grid.storedRows(), grid.reason());
      }
      out.flush();
    }
    return ExitStatus.DONE;
  }
}
