package org.loupe.sr.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.eval.Storm;
import org.loupe.sr.eval.StormMeter;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sr storm}: whether memory stays where it is. */
@Command(
    name = "storm",
    mixinStandardHelpOptions = true,
    description =
        "Zoom, pan and scroll through a study at random for minutes, and tell how much the memory"
            + " of the process grew.")
public final class StormCommand implements Callable<Integer> {

  /** Side of the view, output pixels. */
  private static final int VIEW = 512;

  @Spec private CommandSpec spec;

  @Mixin private MeasuredSeries series;

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "how long, fractions allowed (${DEFAULT-VALUE})")
  private double minutes;

  @Option(
      names = "--cache",
      defaultValue = "512",
      paramLabel = "MB",
      description = "limit of the caches of prepared slices and tiles (${DEFAULT-VALUE})")
  private int cache;

  @Option(names = "--seed", defaultValue = "1", description = "equal seeds make equal gestures")
  private long seed;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException, InterruptedException {
    series.check(checks());
    if (!(minutes > 0 && minutes <= 24 * 60)) {
      throw checks().wrong("--minutes: " + minutes + " is not above 0 and at most 1440");
    }
    if (cache < 1 || cache > 1 << 20) {
      throw checks().wrong("--cache: " + cache + " is not from 1 to 1048576");
    }
    UpscaleInput input = series.read();
    ModelPackage model = ModelRegistry.standard().find(engine.model());
    Storm storm;
    try (SrScheduler scheduler =
        new SrScheduler(() -> SuperResolver.open(model, engine.device()), (long) cache << 20)) {
      storm = new StormMeter(scheduler, input::slice, input.depth(), VIEW, VIEW, seed).run(minutes);
    }
    series.report(storm, spec.commandLine().getOut());
    return storm.failed() == 0 ? ExitStatus.DONE : ExitStatus.ENGINE_FAILURE;
  }

  private OptionChecks checks() {
    return new OptionChecks(spec);
  }
}
