package org.loupe.sr.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loupe.image.AtomicFile;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.eval.Coverage;
import org.loupe.sr.eval.EvalCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sr coverage}: whether the expected error is what the errors are. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description =
        "Count, by the evaluation protocol, how often the true pixel lies in the 90 %% interval of"
            + " the expected error: of all pixels, and of those with signal.")
public final class CoverageCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of cases")
  private Path data;

  @Option(names = "--cases", required = true, split = ",", paramLabel = "NAME")
  private List<String> cases;

  @Option(
      names = "--reference",
      defaultValue = "T1",
      description = "T1, PD, FLAIR or none (${DEFAULT-VALUE})")
  private String reference;

  @Option(names = "--scales", split = ",", defaultValue = "2,3,4", paramLabel = "S")
  private List<Double> scales;

  @Option(names = "--max-slices", defaultValue = "0", description = "at most N a case (0: all)")
  private int maxSlices;

  @Mixin private EngineOptions engine;

  @Option(names = "--json", paramLabel = "FILE", description = "also write the records as JSON")
  private Path json;

  @Override
  public Integer call() throws IOException {
    if (scales.stream().anyMatch(s -> !(s > 1 && s <= SuperResolver.MAX_FACTOR))) {
      throw new ParameterException(spec.commandLine(), "--scales: factors are above 1, up to 16");
    }
    List<Coverage> found = new ArrayList<>();
    try (SuperResolver resolver = engine.open()) {
      for (String name : cases) {
        EvalCase loaded = EvalCase.load(data.resolve(name), reference);
        for (double scale : scales) {
          Coverage coverage = Coverage.of(resolver, loaded, reference, scale, maxSlices);
          found.add(coverage);
          spec.commandLine()
              .getOut()
              .printf(
                  Locale.ROOT,
                  "%s %s x%.3g, %d slices: %.1f %% of all pixels, %.1f %% of those with signal%n",
                  coverage.caseName(),
                  coverage.reference(),
                  coverage.scale(),
                  coverage.slices(),
                  100 * coverage.all(),
                  100 * coverage.foreground());
        }
      }
    }
    spec.commandLine().getOut().flush();
    if (json != null) {
      byte[] text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(found);
      AtomicFile.write(json, part -> Files.write(part, text));
    }
    return ExitStatus.DONE;
  }
}
