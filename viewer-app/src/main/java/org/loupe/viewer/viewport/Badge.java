package org.loupe.viewer.viewport;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.image.SlicePlane;
import org.loupe.sr.ModelInfo;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;

/**
 * What a pane says of its own pixels: where they come from and how far they are processed. Always
 * on the pane, because processed pixels must never pass for acquired ones.
 *
 * @param tone how it is coloured
 * @param headline what is on the pane
 * @param lines factor, model and device, reference
 */
public record Badge(Tone tone, String headline, List<String> lines) {

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
   * @param model the engine's model; null until it is known
   */
  static Badge of(
      PaneGeometry geometry,
      SrSubjects.Subject subject,
      SrStatus status,
      Comparison comparison,
      ModelInfo model) {
    String factor = factor(geometry);
    SrStatus.Phase phase = status.phase();
    List<String> lines = new ArrayList<>();
    if (!subject.allowed() || phase == SrStatus.Phase.OFF) {
      lines.add(factor);
      if (!subject.reason().isEmpty() && !subject.allowed()) {
        lines.add(subject.reason());
      }
      return new Badge(Tone.PLAIN, Texts.of("badge.interpolated"), lines);
    }
    lines.add(
        model == null
            ? factor + Texts.of("badge.opening")
            : Texts.of("badge.model", factor, model.name(), model.version(), model.device()));
    Series reference = subject.reference();
    lines.add(
        reference == null
            ? Texts.of("badge.noReference", subject.reason())
            : Texts.of("badge.reference", name(reference)));
    if (phase == SrStatus.Phase.FAILED) {
      lines.add(status.message());
      return new Badge(Tone.FAILED, Texts.of("badge.failed"), lines);
    }
    if (comparison == Comparison.ORIGINAL) {
      return new Badge(Tone.PLAIN, Texts.of("badge.original"), lines.subList(0, 1));
    }
    if (phase == SrStatus.Phase.RUNNING) {
      int percent = (int) Math.floor(status.progress() * 100);
      return new Badge(Tone.PENDING, Texts.of("badge.running", percent), lines);
    }
    String key = comparison == Comparison.WIPE ? "badge.wipe" : "badge.resolved";
    return new Badge(Tone.RESOLVED, Texts.of(key), lines);
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

  /** Device pixels per acquired pixel: "×3.37", or "×3.37 × 2.81" where the axes differ. */
  static String factor(PaneGeometry geometry) {
    SlicePlane plane = geometry.plane();
    double x = 1 / geometry.view().columnStep();
    double y = 1 / geometry.view().rowStep();
    boolean square = Math.abs(plane.columnSpacing() / plane.rowSpacing() - 1) < 0.005;
    return square ? "×" + number(x) : "×" + number(x) + " × " + number(y);
  }

  /** At most two decimals, none without need. */
  public static String number(double value) {
    return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ENGLISH))
        .format(value);
  }
}
