package org.loupe.sr.cli;

import ai.djl.engine.Engine;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sr info}: loads the model, which checks it, and says what runs where. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Say which model, engine and device super-resolution runs on.")
public final class InfoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws ModelException {
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
      out.flush();
    }
    return ExitStatus.DONE;
  }
}
