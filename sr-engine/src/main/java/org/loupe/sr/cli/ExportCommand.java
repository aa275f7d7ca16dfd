package org.loupe.sr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.sr.model.ServedGraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sr export}: writes a model for an inference server. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write a model's networks as TorchScript with their weights, in single precision, for an"
            + " inference server. LOUPE_SERVER then names that server.")
public final class ExportCommand implements Callable<Integer> {

  private enum Server {
    TRITON
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "triton",
      description = "layout of the folder: NVIDIA Triton's model repository")
  private Server server;

  @Mixin private ModelOption model;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "model repository")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new ParameterException(spec.commandLine(), "--out: " + out + " is not a folder");
    }
    List<ServedGraph> graphs = ServedGraph.of(model.find());
    switch (server) {
      case TRITON -> TritonRepository.write(out, graphs);
    }
    PrintWriter log = spec.commandLine().getOut();
    for (ServedGraph graph : graphs) {
      log.printf("%s  %d bytes%n", graph.name(), graph.archive().length);
    }
    log.flush();
    return ExitStatus.DONE;
  }
}
