package org.loupe.sr.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.image.Image2;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of commands that measure the decoding of a view. */
final class MeasuredView {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

  /** Of the command that these belong to. */
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--view",
      defaultValue = "512x512",
      paramLabel = "WxH",
      description = "size of the view, output pixels (${DEFAULT-VALUE})")
  private String size;

  @Option(names = "--scale", defaultValue = "3.3", description = "zoom (${DEFAULT-VALUE})")
  private double scale;

  /**
   * The view about the middle of a slice.
   *
   * @param further factor by which it is zoomed further while it is measured
   */
  View about(Image2 image, double further) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw wrong("--view: " + size + " is not WxH, such as 512x512");
    }
    if (!(scale >= 1 && further * scale <= SuperResolver.MAX_FACTOR)) {
      throw wrong(
          "--scale: %s is not from 1 to %.3g".formatted(scale, SuperResolver.MAX_FACTOR / further));
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
