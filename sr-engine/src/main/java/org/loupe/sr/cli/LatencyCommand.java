package org.loupe.sr.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.image.Image2;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;
import org.loupe.sr.eval.Latency;
import org.loupe.sr.eval.LatencyMeter;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sr latency}: how long a slice and a view take here. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description =
        "Measure the times of preparing a slice and decoding a view, on the middle slice.")
public final class LatencyCommand implements Callable<Integer> {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

  @Spec private CommandSpec spec;

  @Mixin private MeasuredSeries series;

  @Option(
      names = "--view",
      defaultValue = "512x512",
      paramLabel = "WxH",
      description = "size of the view, output pixels (${DEFAULT-VALUE})")
  private String size;

  @Option(names = "--scale", defaultValue = "3.3", description = "zoom (${DEFAULT-VALUE})")
  private double scale;

  @Option(
      names = "--repeat",
      defaultValue = "20",
      description = "measurements of each figure (${DEFAULT-VALUE})")
  private int repeat;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException, InterruptedException {
    UpscaleInput input = series.read();
    SliceInput slice = input.slice(input.depth() / 2);
    Latency latency =
        new LatencyMeter(
                ModelRegistry.standard().find(engine.model()),
                engine.device(),
                slice,
                view(slice.target()),
                repeat)
            .measure();
    series.report(latency, spec.commandLine().getOut());
    return ExitStatus.DONE;
  }

  /** The view about the middle of the slice. */
  private View view(Image2 image) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw wrong("--view: " + size + " is not WxH, such as 512x512");
    }
    // Factors up to 2.5 times the given one are measured too, see LatencyMeter.
    if (!(scale >= 1 && 2.5 * scale <= SuperResolver.MAX_FACTOR)) {
      throw wrong(
          "--scale: %s is not from 1 to %g".formatted(scale, SuperResolver.MAX_FACTOR / 2.5));
    }
    if (repeat < 1 || repeat > 40) {
      throw wrong("--repeat: " + repeat + " is not from 1 to 40");
    }
    int width = Integer.parseInt(matcher.group(1));
    int height = Integer.parseInt(matcher.group(2));
    if (width < 1 || height < 1) {
      throw wrong("--view: " + size + " is empty");
    }
    int x = (int) Math.rint(scale * image.width() / 2 - width / 2.0);
    int y = (int) Math.rint(scale * image.height() / 2 - height / 2.0);
    return new View(1 / scale, 1 / scale, x, y, width, height);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
