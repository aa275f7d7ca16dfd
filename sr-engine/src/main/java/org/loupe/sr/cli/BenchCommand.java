package org.loupe.sr.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.loupe.sr.eval.EvalCase;
import org.loupe.sr.eval.MethodRegistry;
import org.loupe.sr.eval.Protocol;
import org.loupe.sr.eval.Score;
import org.loupe.sr.eval.TissueSegmentation;
import org.loupe.sr.eval.UpscaleMethod;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sr bench}: the evaluation protocol on case folders. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Degrade T2 slices in k-space, upscale them by each method and score the result: PSNR"
            + " (peak = range of the slice), SSIM (7x7; data range 1 and 2), the worst slice's gain"
            + " over zero filling. Slices are cropped to multiples of 24 pixels; those with less"
            + " than 8 %% foreground are left out.")
public final class BenchCommand implements Callable<Integer> {

  private enum Contrast {
    T1,
    PD,
    FLAIR,
    NONE
  }

  private enum Resolution {
    HR,
    LR
  }

  /** Beyond it next to nothing is left of a slice. */
  private static final double MOST_SCALE = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "folder of case folders: T2.nii.gz and the reference on one grid")
  private Path data;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "NAME",
      description = "case folders (default: all that have the files)")
  private List<String> cases = List.of();

  @Option(names = "--reference", required = true, description = "T1, PD, FLAIR or none")
  private Contrast reference;

  @Option(
      names = "--ref-res",
      defaultValue = "hr",
      description = "give the reference at full resolution (hr) or degraded like T2 (lr)")
  private Resolution resolution;

  @Option(
      names = "--scales",
      required = true,
      split = ",",
      paramLabel = "S",
      description = "nominal factors above 1: LR size = HR size / S, rounded, halves to even")
  private List<Double> scales;

  @Option(
      names = "--methods",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description =
          "methods to compare: nearest, bilinear, bicubic, lanczos, zf, gf-dc, loupe (the model),"
              + " loupe-once (in one pass, as for views), loupe-nodc (without data consistency),"
              + " and the same three of an installed model, with its name")
  private List<String> methods;

  @Option(names = "--first", defaultValue = "0", description = "first slice, from 0")
  private int first;

  @Option(
      names = "--last",
      defaultValue = "" + Integer.MAX_VALUE,
      description = "last slice; by default the last one there is")
  private int last;

  @Option(
      names = "--max-slices",
      paramLabel = "N",
      defaultValue = "0",
      description = "at most N slices a case, evenly spread over the usable ones (0: all)")
  private int maxSlices;

  @Option(
      names = "--ref-shift",
      paramLabel = "MM",
      defaultValue = "0",
      description = "move the reference to the right by so much, to see what harm a shift does")
  private double shift;

  @Option(
      names = "--ref-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "give the reference's slice k + N for slice k, to see what harm that does")
  private int offset;

  @Option(
      names = "--dice",
      description =
          "also segment each result and its HR slice by the model's segmentation network, and score"
              + " the tissues (Dice)")
  private boolean dice;

  @Mixin private EngineOptions engine;

  @Option(names = "--json", paramLabel = "FILE", description = "also write the records as JSON")
  private Path json;

  @Override
  public Integer call() throws IOException {
    check();
    String contrast = reference == Contrast.NONE ? EvalCase.NO_REFERENCE : reference.name();
    List<Path> folders = folders(contrast);
    List<Score> scores = new ArrayList<>();
    Map<String, UpscaleMethod> open = new LinkedHashMap<>();
    try (TissueSegmentation tissues =
        dice ? new TissueSegmentation(ModelRegistry.standard().find(engine.model())) : null) {
      MethodRegistry registry = registry();
      for (String name : methods) {
        if (!registry.names().contains(name)) {
          throw wrong("no such method: " + name + "; there are " + registry.names());
        }
      }
      for (String name : methods) {
        if (!open.containsKey(name)) {
          open.put(name, registry.open(name));
        }
      }
      Protocol.Setting setting =
          new Protocol.Setting(
              contrast, resolution == Resolution.LR, scales, first, last, maxSlices);
      for (Path folder : folders) {
        EvalCase loaded = EvalCase.load(folder, contrast).withReferenceMoved(shift, offset);
        List<Score> found = run(setting, open, tissues, loaded);
        if (found.isEmpty()) {
          throw new IOException(folder + " has no slice with enough foreground");
        }
        scores.addAll(found);
      }
    } finally {
      open.values().forEach(UpscaleMethod::close);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table(scores));
    out.flush();
    OptionChecks.writeJson(json, scores);
    return ExitStatus.DONE;
  }

  /** The methods on offer. */
  private MethodRegistry registry() {
    return MethodRegistry.with(engine.model(), engine.device());
  }

  private void check() {
    checks().isFolder("--data", data);
    checks().areFactors(scales, MOST_SCALE);
    if (!(Math.abs(shift) <= 100)) {
      throw wrong("--ref-shift: " + shift + " is not within 100 mm");
    }
    checks().isCount("--max-slices", maxSlices);
    checks().isCount("--first", first);
    if (last < first) {
      throw checks().wrong("--last: " + last + " comes before --first " + first);
    }
    checks().isWritable("--json", json);
  }

  private OptionChecks checks() {
    return new OptionChecks(spec);
  }

  private ParameterException wrong(String message) {
    return checks().wrong(message);
  }

  private List<Path> folders(String contrast) throws IOException {
    if (!cases.isEmpty()) {
      List<Path> named = cases.stream().map(data::resolve).toList();
      named.forEach(folder -> checks().isFolder("--cases", folder));
      return named;
    }
    List<Path> found;
    try (var entries = Files.list(data)) {
      found = entries.filter(f -> EvalCase.has(f, contrast)).sorted().toList();
    }
    if (found.isEmpty()) {
      throw new IOException(
          "no case with reference " + contrast + " (T2.nii.gz beside it) in " + data);
    }
    return found;
  }

  private List<Score> run(
      Protocol.Setting setting,
      Map<String, UpscaleMethod> open,
      TissueSegmentation tissues,
      EvalCase loaded) {
    if (!onTerminal()) {
      return new Protocol(setting, open, () -> {}, tissues).run(loaded);
    }
    long steps =
        (long) Protocol.slices(loaded, first, last, maxSlices).size() * scales.size() * open.size();
    try (ProgressBar bar =
        new ProgressBarBuilder().setTaskName(loaded.name()).setInitialMax(steps).build()) {
      return new Protocol(setting, open, bar::step, tissues).run(loaded);
    }
  }

  // JDK 25's default console is null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** The records as text with aligned columns. */
  static String table(List<Score> scores) {
    int caseWidth = width(scores.stream().map(Score::caseName).toList(), "case");
    int methodWidth = width(scores.stream().map(Score::method).toList(), "method");
    String text = "%-" + caseWidth + "s  %-9s  %-7s  %5s  %-" + methodWidth + "s";
    StringBuilder out = new StringBuilder();
    out.append(String.format(Locale.ROOT, text, "case", "reference", "ref_res", "scale", "method"))
        .append("  psnr dB   ssim1   ssim2  worst over zf dB  slices  s/slice")
        .append(scores.stream().anyMatch(BenchCommand::hasDice) ? "  dice csf, gm, wm\n" : "\n");
    for (Score s : scores) {
      out.append(
          String.format(
              Locale.ROOT,
              text + "  %7.2f  %.4f  %.4f  %+16.2f  %6d  %7.3f%s%n",
              s.caseName(),
              s.reference(),
              s.refRes(),
              factor(s.scale()),
              s.method(),
              s.psnr(),
              s.ssim1(),
              s.ssim2(),
              s.worstGainDb(),
              s.slices(),
              s.secondsPerSlice(),
              dice(s)));
    }
    return out.toString();
  }

  private static boolean hasDice(Score s) {
    return s.diceCsf() != null || s.diceGm() != null || s.diceWm() != null;
  }

  /** A tissue that is in neither picture has no score. */
  private static String dice(Score s) {
    if (!hasDice(s)) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (Double value : new Double[] {s.diceCsf(), s.diceGm(), s.diceWm()}) {
      text.append(value == null ? "      -" : String.format(Locale.ROOT, "  %.3f", value));
    }
    return text.toString();
  }

  private static String factor(double scale) {
    return scale == Math.rint(scale) ? "x" + (long) scale : "x" + scale;
  }

  private static int width(List<String> cells, String title) {
    return Math.max(title.length(), cells.stream().mapToInt(String::length).max().orElse(0));
  }
}
