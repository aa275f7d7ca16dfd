package org.loupe.viewer.viewport;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.SlicePlane;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SuperResolver;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;

/**
 * What a pane says of its own pixels: where they come from and how far they are processed. Always
 * on the pane, because processed pixels must never pass for acquired ones.
 *
 * @param tone how it is coloured
 * @param headline what is on the pane
 * @param lines factor, model and device, acquired pixels where fewer than stored, whether the
 *     factor is beyond the model's training, reference
 */
public record Badge(Tone tone, String headline, List<String> lines) {

  /** Less than this needs more than two decimals; less than that, an exponent. */
  private static final double SMALL = 0.1;

  private static final double TINY = 1e-4;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  /** Not for several threads at once, and made for every frame they would be felt. */
  private static final ThreadLocal<DecimalFormat> NUMBERS =
      ThreadLocal.withInitial(
          () -> new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ENGLISH)));

  /** Kinds of pixels; each has a style class of its own, {@code badge-} and the name. */
  public enum Tone {
    PLAIN,
    PENDING,
    RESOLVED,
    FAILED
  }

  public Badge {
    lines = List.copyOf(lines);
  }

  /**
   * @param geometry what the pane shows
   * @param subject what super-resolving it means
   * @param status of super-resolution: off where it is not to be, or cannot
   * @param carried whether super-resolved pixels of another zoom stand in for those to come
   * @param model the model of the picture that is shown; null until it is known
   * @param other the model of {@link Picture#OTHER_MODEL}; null until it is known
   */
  static Badge of(
      PaneGeometry geometry,
      SrSubjects.Subject subject,
      SrStatus status,
      boolean carried,
      PaneSettings settings,
      ModelInfo model,
      ModelInfo other) {
    SrStatus.Phase phase = status.phase();
    boolean plain = !subject.allowed() || phase == SrStatus.Phase.OFF;
    // A picture that is not there must not be named.
    Compared compared = Compared.of(settings, !plain);
    Comparison comparison = compared.comparison();
    String kernel = Texts.of("kernel." + settings.kernelProperty().get());
    String factor = factor(geometry);
    List<String> lines = new ArrayList<>();
    if (plain || !settings.wantsResolved()) {
      lines.add(factor);
      if (!subject.reason().isEmpty() && !subject.allowed()) {
        lines.add(subject.reason());
      } else if (settings.wantsResolved() && !SrLayers.reach(geometry.view())) {
        lines.add(Texts.of("badge.tooFar", number(SuperResolver.MAX_FACTOR)));
      }
      String one = Texts.of(plain ? "badge.interpolated" : "badge.original", kernel);
      return new Badge(Tone.PLAIN, comparison.ofTwo() ? headline(compared, settings) : one, lines);
    }
    lines.add(
        model == null
            ? factor + Texts.of("badge.opening")
            : Texts.of("badge.model", factor, model.name(), model.version(), model.device()));
    AcquiredGrid acquired = subject.acquired();
    if (acquired != null && !acquired.isStored()) {
      lines.add(
          Texts.of(
              "badge.acquired",
              Integer.toString(acquired.columns()),
              Integer.toString(acquired.rows()),
              factor(geometry, acquired.columnShare(), acquired.rowShare())));
    }
    if (model != null && factorOfAcquired(geometry, acquired) > model.manifest().highestScale()) {
      lines.add(Texts.of("badge.beyond", number(model.manifest().highestScale())));
    }
    if (comparison.ofTwo() && settings.pairProperty().get().has(Picture.OTHER_MODEL)) {
      lines.add(
          Texts.of(
              "badge.otherModel",
              other == null ? Texts.of("badge.opening").strip() : label(other)));
    }
    lines.add(reference(subject, settings));
    if (!subject.labels().isEmpty()) {
      lines.add(Texts.of("badge.labels", subject.labels()));
    }
    if (phase == SrStatus.Phase.FAILED) {
      lines.add(status.message());
      return new Badge(Tone.FAILED, Texts.of("badge.failed"), lines);
    }
    if (phase == SrStatus.Phase.RUNNING) {
      int percent = (int) Math.floor(status.progress() * 100);
      String key = carried ? "badge.refining" : "badge.running";
      return new Badge(Tone.PENDING, Texts.of(key, percent), lines);
    }
    if (comparison.ofTwo()) {
      return new Badge(Tone.RESOLVED, headline(compared, settings), lines);
    }
    boolean original = comparison == Comparison.ORIGINAL;
    String one =
        original
            ? Texts.of("badge.original", kernel)
            : Texts.of("badge.shown." + settings.resolvedProperty().get());
    return new Badge(original ? Tone.PLAIN : Tone.RESOLVED, one, lines);
  }

  /** The same with another line; unchanged where that is empty. */
  Badge with(String line) {
    if (line.isEmpty()) {
      return this;
    }
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Badge(tone, headline, more);
  }

  private static String label(ModelInfo model) {
    return model.name() + " " + model.version();
  }

  /** What guides the picture, or why nothing does. */
  private static String reference(SrSubjects.Subject subject, PaneSettings settings) {
    if (subject.reference() == null) {
      return Texts.of("badge.noReference", subject.reason());
    }
    boolean alone =
        settings.comparisonProperty().get() == Comparison.SUPER_RESOLVED
            && settings.resolvedProperty().get() == Picture.UNGUIDED;
    return alone
        ? Texts.of("badge.leftOut")
        : Texts.of("badge.reference", name(subject.reference()));
  }

  /** The two compared pictures. */
  private static String headline(Compared compared, PaneSettings settings) {
    PicturePair pair = compared.pair();
    String first = Texts.of("picture." + pair.first());
    String second = Texts.of("picture." + pair.second());
    return switch (compared.comparison()) {
      case BLINK -> Texts.of("badge.blink", settings.blinkSecondProperty().get() ? second : first);
      case DIFFERENCE -> Texts.of("comparison.minus", second, first);
      default -> Texts.of("badge.wipe", first, second);
    };
  }

  /** Name of a series for the user: its description, with the contrast where that lacks it. */
  public static String name(Series series) {
    String contrast = Texts.of("contrast." + series.contrast());
    String description = series.description();
    if (description.isEmpty()) {
      return contrast;
    }
    boolean said = description.toUpperCase(Locale.ROOT).contains(contrast.toUpperCase(Locale.ROOT));
    return said ? description : contrast + " · " + description;
  }

  /** Device pixels per acquired pixel, along the axis that has more; rounded as it is told. */
  private static double factorOfAcquired(PaneGeometry geometry, AcquiredGrid acquired) {
    double columnShare = acquired == null ? 1 : acquired.columnShare();
    double rowShare = acquired == null ? 1 : acquired.rowShare();
    double least =
        Math.min(geometry.view().columnStep() * columnShare, geometry.view().rowStep() * rowShare);
    return Math.round(100 / least) / 100.0;
  }

  /** Device pixels per stored pixel: "×3.37", or "×3.37 × 2.81" where the axes differ. */
  static String factor(PaneGeometry geometry) {
    return factor(geometry, 1, 1);
  }

  /**
   * The same per pixel of another lattice.
   *
   * @param columnShare its columns over the stored ones
   * @param rowShare its rows over the stored ones
   */
  private static String factor(PaneGeometry geometry, double columnShare, double rowShare) {
    SlicePlane plane = geometry.plane();
    double x = 1 / (geometry.view().columnStep() * columnShare);
    double y = 1 / (geometry.view().rowStep() * rowShare);
    double aspect = plane.columnSpacing() / columnShare / (plane.rowSpacing() / rowShare);
    boolean square = Math.abs(aspect - 1) < 0.005;
    return square ? "×" + number(x) : "×" + number(x) + " × " + number(y);
  }

  /** At most two decimals, none without need; three digits of what is less than a tenth. */
  public static String number(double value) {
    if (value == 0 || !(Math.abs(value) < SMALL)) {
      return NUMBERS.get().format(value);
    }
    if (Math.abs(value) < TINY) {
      return String.format(Locale.ENGLISH, "%.2e", value);
    }
    return new BigDecimal(value, THREE_DIGITS).stripTrailingZeros().toPlainString();
  }
}
