package org.loupe.sr.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.loupe.sr.SliceInput;
import org.loupe.sr.eval.Latency;
import org.loupe.sr.eval.LatencyMeter;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sr latency}: how long a slice and a view take here. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description =
        "Measure the times of preparing a slice and decoding a view, on the middle slice.")
public final class LatencyCommand implements Callable<Integer> {

  /** How much further than asked for the view is zoomed, see LatencyMeter. */
  private static final double FURTHER = 2.5;

  @Spec private CommandSpec spec;

  @Mixin private MeasuredSeries series;

  @Mixin private MeasuredView view;

  @Option(
      names = "--repeat",
      defaultValue = "20",
      description = "measurements of each figure (${DEFAULT-VALUE})")
  private int repeat;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeat < 1 || repeat > 40) {
      throw checks().wrong("--repeat: " + repeat + " is not from 1 to 40");
    }
    series.check(checks());
    UpscaleInput input = series.read();
    SliceInput slice = input.slice(input.depth() / 2);
    Latency latency =
        new LatencyMeter(
                ModelRegistry.standard().find(engine.model()),
                engine.device(),
                slice,
                view.about(slice.target(), FURTHER),
                repeat)
            .measure();
    series.report(latency, spec.commandLine().getOut());
    return ExitStatus.DONE;
  }

  private OptionChecks checks() {
    return new OptionChecks(spec);
  }
}
