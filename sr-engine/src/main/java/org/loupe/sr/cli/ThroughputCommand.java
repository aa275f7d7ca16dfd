package org.loupe.sr.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.sr.ServerTraffic;
import org.loupe.sr.SliceInput;
import org.loupe.sr.View;
import org.loupe.sr.eval.Throughput;
import org.loupe.sr.eval.ThroughputMeter;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sr throughput}: how much several clients at once get done. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description =
        "Measure how many slices are prepared and views decoded a second, and the processor time"
            + " and network traffic of one, with several clients at once. With LOUPE_SERVER set"
            + " the clients prepare on that server, and the processor time is theirs alone.")
public final class ThroughputCommand implements Callable<Integer> {

  private static final int MAX_CLIENTS = 64;

  /** Slices about the middle of the stack that clients prepare in turn. */
  private static final int SLICES = 8;

  /** How much further than asked for the views are zoomed, see ThroughputMeter. */
  private static final double FURTHER = 1.2;

  @Spec private CommandSpec spec;

  @Mixin private MeasuredSeries series;

  @Option(
      names = "--clients",
      split = ",",
      defaultValue = "1,2,4,8",
      paramLabel = "N",
      description = "numbers of clients, one measurement for each (${DEFAULT-VALUE})")
  private List<Integer> clients;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "time of each measurement, 0.1 to 600 (${DEFAULT-VALUE})")
  private double seconds;

  @Mixin private MeasuredView view;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (int n : clients) {
      if (n < 1 || n > MAX_CLIENTS) {
        throw checks().wrong("--clients: " + n + " is not from 1 to " + MAX_CLIENTS);
      }
    }
    if (!(seconds >= 0.1 && seconds <= 600)) {
      throw checks().wrong("--seconds: " + seconds + " is not from 0.1 to 600");
    }
    series.check(checks());
    UpscaleInput input = series.read();
    int first = Math.max(0, input.depth() / 2 - SLICES / 2);
    List<SliceInput> slices = new ArrayList<>();
    for (int k = first; k < Math.min(first + SLICES, input.depth()); k++) {
      slices.add(input.slice(k));
    }
    View measured = view.about(slices.get(0).target(), FURTHER);
    ModelPackage model = ModelRegistry.standard().find(engine.model());
    ServerTraffic traffic =
        model.manifest().format() == null ? ServerTraffic.of(model, slices.get(0)) : null;
    Throughput figures =
        new ThroughputMeter(() -> engine.open(model), slices, measured, seconds)
            .measure(clients, traffic);
    series.report(figures, spec.commandLine().getOut());
    return ExitStatus.DONE;
  }

  private OptionChecks checks() {
    return new OptionChecks(spec);
  }
}
