package org.loupe.sr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loupe.sr.eval.LabelledCase;
import org.loupe.sr.eval.MethodRegistry;
import org.loupe.sr.eval.NoiseMeter;
import org.loupe.sr.eval.NoiseReport;
import org.loupe.sr.eval.UpscaleMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sr noise}: what a model makes of noise. */
@Command(
    name = "noise",
    mixinStandardHelpOptions = true,
    description =
        "Put Rician noise on the degraded T2 and compare the noise power of the super-resolved"
            + " white matter with that of bicubic interpolation: 1 and less is as quiet.")
public final class NoiseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private CaseOptions options;

  @Mixin private EngineOptions engine;

  @Option(
      names = "--snr",
      split = ",",
      defaultValue = "20,40,60",
      paramLabel = "R",
      description = "signal of white matter over the noise's standard deviation (${DEFAULT-VALUE})")
  private List<Double> snrs;

  @Override
  public Integer call() throws IOException {
    for (double snr : snrs) {
      if (!(snr >= 1 && snr <= 10_000)) {
        throw new ParameterException(
            spec.commandLine(), "--snr: " + snr + " is not from 1 to 10000");
      }
    }
    List<LabelledCase> cases = options.load();
    NoiseReport report;
    try (UpscaleMethod method =
        MethodRegistry.with(engine.model(), engine.device()).open("loupe")) {
      NoiseMeter test =
          new NoiseMeter(method, options.scales(), snrs, options.maxSlices(), options.seed());
      cases.forEach(test::add);
      report = test.report();
    }
    if (Double.isNaN(report.ratio())) {
      throw new IOException("no slice has enough white matter");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("scale    snr  slices  noise over bicubic's  zero filling's");
    String row = "%5s  %5s  %6s  %20.3f  %14.3f%n";
    for (NoiseReport.Group g : report.groups()) {
      out.printf(
          Locale.ROOT, row, "x" + g.scale(), g.snr(), g.slices(), g.ratio(), g.zeroFilling());
    }
    out.printf(Locale.ROOT, row, "all", "", "", report.ratio(), report.zeroFilling());
    out.flush();
    options.write(report);
    return ExitStatus.DONE;
  }
}
