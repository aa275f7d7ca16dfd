package org.loupe.sr.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.eval.LabelledCase;
import org.loupe.sr.eval.WarningMeter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sr warnings}: whether what only the reference shows is marked. */
@Command(
    name = "warnings",
    mixinStandardHelpOptions = true,
    description =
        "Put synthetic lesions into the reference alone and count how many the viewer would mark,"
            + " and how many places it marks in slices as they are.")
public final class WarningsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private CaseOptions options;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException {
    List<LabelledCase> cases = options.load();
    WarningMeter.Report report;
    try (SuperResolver resolver = engine.open()) {
      WarningMeter meter =
          new WarningMeter(resolver, options.scales(), options.maxSlices(), options.seed());
      cases.forEach(meter::add);
      report = meter.report();
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d lesions of the reference alone, %d marked; %d leaked, %d of these marked;"
                + " %.2f places in a slice as it is (%d slices)%n",
            report.lesions(),
            report.marked(),
            report.leaked(),
            report.leakedMarked(),
            report.placesPerSlice(),
            report.slices());
    spec.commandLine().getOut().flush();
    options.write(report);
    return ExitStatus.DONE;
  }
}
