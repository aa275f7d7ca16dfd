package org.loupe.sr.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.sr.SuperResolver;
import picocli.CommandLine.Option;

/** In-plane size of what a command computes: a factor, or exact. */
public final class OutputSize {

  private static final Pattern SHAPE = Pattern.compile("(\\d+)[xX](\\d+)");

  /** Output samples along an axis; more is taken for a slip of the hand. */
  private static final int MAX_SIZE = 16384;

  @Option(names = "--scale", paramLabel = "S", description = "factor, 1 to 16 or below 1")
  private Double scale;

  @Option(
      names = "--shape",
      paramLabel = "HxW",
      description = "exact in-plane size, in the order of the input's array axes")
  private String shape;

  /**
   * Looks at what can be judged without the input.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public void check() {
    double max = SuperResolver.MAX_FACTOR;
    if (scale != null && !(scale > 0 && scale <= max)) {
      throw new IllegalArgumentException(
          "--scale: %s is not above 0 and at most %g".formatted(scale, max));
    }
  }

  /**
   * Output columns and rows.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public int[] of(UpscaleInput input) {
    if (scale != null) {
      return new int[] {
        (int) Math.max(1, Math.rint(input.columns() * scale)),
        (int) Math.max(1, Math.rint(input.rows() * scale))
      };
    }
    Matcher matcher = SHAPE.matcher(shape);
    if (!matcher.matches() || shape.length() > 13) {
      throw new IllegalArgumentException("--shape: " + shape + " is not HxW, such as 512x448");
    }
    int first = Integer.parseInt(matcher.group(1));
    int second = Integer.parseInt(matcher.group(2));
    int[] size = input.columnsFirst() ? new int[] {first, second} : new int[] {second, first};
    requireSize(size[0], input.columns());
    requireSize(size[1], input.rows());
    return size;
  }

  private static void requireSize(int wanted, int present) {
    if (wanted < 1 || wanted > MAX_SIZE || wanted > SuperResolver.MAX_FACTOR * present + 0.5) {
      throw new IllegalArgumentException(
          "--shape: %d samples from %d is not a factor of at most %g"
              .formatted(wanted, present, SuperResolver.MAX_FACTOR));
    }
  }
}
