package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.eval.Coverage;
import org.loupe.sr.eval.EvalCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Mixin private NamedCases cases;

  @Option(names = "--scales", split = ",", defaultValue = "2,3,4", paramLabel = "S")
  private List<Double> scales;

  @Option(names = "--max-slices", defaultValue = "0", description = "at most N a case (0: all)")
  private int maxSlices;

  @Mixin private EngineOptions engine;

  @Option(names = "--json", paramLabel = "FILE", description = "also write the records as JSON")
  private Path json;

  @Override
  public Integer call() throws IOException {
    OptionChecks checks = new OptionChecks(spec);
    checks.areFactors(scales, SuperResolver.MAX_FACTOR);
    checks.isCount("--max-slices", maxSlices);
    checks.isWritable("--json", json);
    List<Path> folders = cases.folders(checks);
    List<Coverage> found = new ArrayList<>();
    try (SuperResolver resolver = engine.open()) {
      for (Path folder : folders) {
        EvalCase loaded = EvalCase.load(folder, cases.reference);
        for (double scale : scales) {
          Coverage coverage = Coverage.of(resolver, loaded, cases.reference, scale, maxSlices);
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
    OptionChecks.writeJson(json, found);
    return ExitStatus.DONE;
  }
}
