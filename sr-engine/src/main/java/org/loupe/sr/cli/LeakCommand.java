package org.loupe.sr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loupe.sr.eval.LabelledCase;
import org.loupe.sr.eval.LeakMeter;
import org.loupe.sr.eval.LeakReport;
import org.loupe.sr.eval.MethodRegistry;
import org.loupe.sr.eval.UpscaleMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sr leak}: lesions in one contrast only. */
@Command(
    name = "leak",
    mixinStandardHelpOptions = true,
    description =
        "Put synthetic lesions of 2 to 8 mm into white matter of one contrast only, and measure how"
            + " much of their contrast the super-resolved T2 keeps (lesions of T2) and takes over"
            + " (lesions of the reference).")
public final class LeakCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private CaseOptions options;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException {
    List<LabelledCase> cases = options.load();
    LeakReport report;
    try (UpscaleMethod method =
        MethodRegistry.with(engine.model(), engine.device()).open("loupe")) {
      LeakMeter test = new LeakMeter(method, options.scales(), options.maxSlices(), options.seed());
      cases.forEach(test::add);
      report = test.report();
    }
    if (report.lesions() == 0) {
      throw new IOException("no slice has room for a lesion in white matter");
    }
    print(report);
    options.write(report);
    return ExitStatus.DONE;
  }

  private void print(LeakReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("scale  diameter mm  lesions   kept  kept zf  leaked");
    String row = "%5s  %11s  %7d  %5.3f  %7.3f  %6.3f%n";
    for (LeakReport.Group g : report.groups()) {
      out.printf(
          Locale.ROOT,
          row,
          "x" + g.scale(),
          g.diameter(),
          g.lesions(),
          g.kept(),
          g.keptByZeroFilling(),
          g.leaked());
    }
    out.printf(
        Locale.ROOT,
        row,
        "all",
        "",
        report.lesions(),
        report.kept(),
        report.keptByZeroFilling(),
        report.leaked());
    out.flush();
  }
}
