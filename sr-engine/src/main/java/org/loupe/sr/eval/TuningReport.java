package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.Passes;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;

/**
 * What a fine-tuned model gains or loses against the one it began as, by the evaluation protocol,
 * on cases that neither training nor choice has seen.
 *
 * @param before name and version of the model that it began as
 * @param after name and version of the fine-tuned model
 * @param cases number of cases
 * @param rows one for each reference and factor
 */
public record TuningReport(
    @JsonProperty("before") String before,
    @JsonProperty("after") String after,
    @JsonProperty("cases") int cases,
    @JsonProperty("rows") List<Row> rows) {

  /** Factors that are measured, whole numbers. */
  private static final List<Double> SCALES = List.of(2.0, 3.0, 4.0);

  /** Contrasts that are measured as references where a case has them. */
  private static final List<String> REFERENCES =
      List.of("T1", "PD", "FLAIR", EvalCase.NO_REFERENCE);

  private static final String ZERO_FILLED = "zf";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  /**
   * Means over the slices of all cases that have the reference, PSNR in dB.
   *
   * @param reference contrast of the reference at full resolution, or none
   * @param slices number of slices
   * @param zeroFilled of zero filling
   * @param worstBefore the smallest gain over zero filling that a slice has, dB
   * @param worstAfter likewise
   */
  public record Row(
      @JsonProperty("reference") String reference,
      @JsonProperty("scale") double scale,
      @JsonProperty("slices") int slices,
      @JsonProperty("psnr_zf") double zeroFilled,
      @JsonProperty("psnr_before") double before,
      @JsonProperty("psnr_after") double after,
      @JsonProperty("worst_gain_over_zf_before_db") double worstBefore,
      @JsonProperty("worst_gain_over_zf_after_db") double worstAfter) {

    /** dB over the model that it began as. */
    @JsonProperty("gain_db")
    public double gain() {
      return after - before;
    }
  }

  public TuningReport {
    rows = List.copyOf(rows);
  }

  /**
   * Measures both models.
   *
   * @param folders the cases
   * @param maxSlices at most so many slices of a case; 0 for all
   * @param log told what is being measured
   * @throws IOException naming the case that cannot be read
   */
  public static TuningReport measure(
      ModelPackage before,
      ModelPackage after,
      List<Path> folders,
      int maxSlices,
      Consumer<String> log)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try (UpscaleMethod old = open(before);
        UpscaleMethod tuned = open(after)) {
      Map<String, UpscaleMethod> methods = new LinkedHashMap<>();
      methods.put(ZERO_FILLED, Baselines.ALL.get(ZERO_FILLED));
      methods.put(BEFORE, old);
      methods.put(AFTER, tuned);
      for (String reference : REFERENCES) {
        Protocol.Setting setting = new Protocol.Setting(reference, false, SCALES, maxSlices);
        Protocol protocol = new Protocol(setting, methods, () -> {});
        List<Score> scores = new ArrayList<>();
        for (Path folder : folders) {
          if (EvalCase.has(folder, reference)) {
            log.accept(
                "measuring case %s, reference %s".formatted(folder.getFileName(), reference));
            scores.addAll(protocol.run(EvalCase.load(folder, reference)));
          }
        }
        for (double scale : SCALES) {
          if (!scores.isEmpty()) {
            rows.add(row(reference, scale, scores));
          }
        }
      }
    }
    if (rows.isEmpty()) {
      throw new IOException("no held-out case has a slice with enough foreground");
    }
    return new TuningReport(before.label(), after.label(), folders.size(), rows);
  }

  private static UpscaleMethod open(ModelPackage model) throws ModelException {
    return new LearnedMethod(SuperResolver.open(model, DeviceChoice.AUTO), true, Passes.MIRRORED);
  }

  private static Row row(String reference, double scale, List<Score> scores) {
    List<Score> here = scores.stream().filter(s -> s.scale() == scale).toList();
    return new Row(
        reference,
        scale,
        of(here, ZERO_FILLED).stream().mapToInt(Score::slices).sum(),
        psnr(of(here, ZERO_FILLED)),
        psnr(of(here, BEFORE)),
        psnr(of(here, AFTER)),
        worst(of(here, BEFORE)),
        worst(of(here, AFTER)));
  }

  private static List<Score> of(List<Score> scores, String method) {
    return scores.stream().filter(s -> s.method().equals(method)).toList();
  }

  private static double psnr(List<Score> scores) {
    double sum = scores.stream().mapToDouble(s -> s.psnr() * s.slices()).sum();
    return sum / scores.stream().mapToInt(Score::slices).sum();
  }

  private static double worst(List<Score> scores) {
    return scores.stream().mapToDouble(Score::worstGainDb).min().orElseThrow();
  }

  /** Mean over the rows, dB. */
  @JsonProperty("mean_gain_db")
  public double meanGain() {
    return rows.stream().mapToDouble(Row::gain).average().orElseThrow();
  }

  /**
   * Whether the fine-tuned model is the better one: a gain in the mean, and no slice below zero
   * filling that was not so before.
   */
  @JsonProperty("better")
  public boolean better() {
    return meanGain() > 0
        && rows.stream().allMatch(r -> r.worstAfter >= Math.min(0, r.worstBefore));
  }

  /** The rows as a table. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "%d held-out cases; PSNR in dB, means over slices; before: %s, after: %s%n"
            .formatted(cases, before, after));
    table.append(
        "%-9s %5s %6s %7s %7s %7s %7s  %s%n"
            .formatted(
                "reference", "scale", "slices", "zf", "before", "after", "gain", "worst over zf"));
    for (Row r : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-9s %5s %6d %7.2f %7.2f %7.2f %+7.2f  %+.2f (before %+.2f)%n",
              r.reference,
              "x%.0f".formatted(r.scale),
              r.slices,
              r.zeroFilled,
              r.before,
              r.after,
              r.gain(),
              r.worstAfter,
              r.worstBefore));
    }
    return table.toString();
  }
}
