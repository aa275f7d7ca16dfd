package org.loupe.sr.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;

/**
 * The evaluation protocol. Each usable slice is cropped about its centre to multiples of 24 pixels,
 * divided by its maximum (the reference by its own) and degraded in k-space; each method computes
 * it again on the HR grid and is compared with what it was. A slice is usable where more than 8 %
 * of the cropped pixels exceed 8 % of their maximum.
 */
public final class Protocol {

  static final int BLOCK = 24;
  static final double FOREGROUND = 0.08;

  /**
   * What is run.
   *
   * @param reference name of the reference contrast for the records; {@link EvalCase#NO_REFERENCE}
   * @param lowReference whether methods get the reference degraded like the target
   * @param scales nominal factors, above 1
   * @param first slice, from 0
   * @param last slice; may lie beyond the last there is
   * @param maxSlices at most so many slices of a case, evenly spread over the usable ones; 0 for
   *     all
   */
  public record Setting(
      String reference,
      boolean lowReference,
      List<Double> scales,
      int first,
      int last,
      int maxSlices) {

    public Setting {
      scales = List.copyOf(scales);
    }

    /** Without bounds of the slices. */
    public Setting(String reference, boolean lowReference, List<Double> scales, int maxSlices) {
      this(reference, lowReference, scales, 0, Integer.MAX_VALUE, maxSlices);
    }
  }

  private final Setting setting;
  private final Map<String, UpscaleMethod> methods;
  private final Runnable progress;
  private final TissueSegmentation tissues;

  /**
   * @param methods what to compare, by name, in the order of the records
   * @param progress told after every slice that one method has done
   */
  public Protocol(Setting setting, Map<String, UpscaleMethod> methods, Runnable progress) {
    this(setting, methods, progress, null);
  }

  /**
   * @param tissues scores the tissues too; null for not. The caller closes it
   */
  public Protocol(
      Setting setting,
      Map<String, UpscaleMethod> methods,
      Runnable progress,
      TissueSegmentation tissues) {
    this.tissues = tissues;
    this.setting = setting;
    this.methods = new LinkedHashMap<>(methods);
    this.progress = progress;
  }

  /** Indices of the slices that are scored: the usable ones, or N of them, see {@link #spread}. */
  static List<Integer> slices(EvalCase data, int maxSlices) {
    return slices(data, 0, Integer.MAX_VALUE, maxSlices);
  }

  /**
   * The same of the slices {@code first} to {@code last}, both included, counted from 0.
   *
   * @param last may lie beyond the last slice
   */
  public static List<Integer> slices(EvalCase data, int first, int last, int maxSlices) {
    List<Integer> usable = new ArrayList<>();
    for (int k = first; k <= Math.min(last, data.target().size() - 1); k++) {
      if (isUsable(KSpace.centreCrop(data.target().get(k), BLOCK))) {
        usable.add(k);
      }
    }
    return spread(usable, maxSlices);
  }

  /** Of u slices N, evenly spread: number {@code floor((i + 1/2) u / N)} for i from 0. */
  static List<Integer> spread(List<Integer> usable, int maxSlices) {
    if (maxSlices <= 0 || maxSlices >= usable.size()) {
      return usable;
    }
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < maxSlices; i++) {
      some.add(usable.get((int) ((2L * i + 1) * usable.size() / (2L * maxSlices))));
    }
    return some;
  }

  private static boolean isUsable(Image2 x) {
    float max = maximum(x);
    int above = 0;
    for (float v : x.values()) {
      above += v > FOREGROUND * max ? 1 : 0;
    }
    return max > 0 && above >= FOREGROUND * x.values().length;
  }

  /**
   * Scores every method on a case.
   *
   * @return one record per scale and method; none where no slice is usable
   */
  public List<Score> run(EvalCase data) {
    List<Integer> slices = slices(data, setting.first(), setting.last(), setting.maxSlices());
    List<Score> scores = new ArrayList<>();
    if (slices.isEmpty()) {
      return scores;
    }
    for (double scale : setting.scales()) {
      Map<String, Tally> tallies = new LinkedHashMap<>();
      methods.keySet().forEach(name -> tallies.put(name, new Tally()));
      for (int k : slices) {
        Image2 hr = KSpace.centreCrop(data.target().get(k), BLOCK);
        Image2 truth = divided(hr, maximum(hr));
        CaseSlice input = degrade(data, k, scale);
        Image2 truthTissues = tissues(truth, data);
        double zeroFilled = Metrics.psnr(Baselines.zeroFill(input), truth);
        methods.forEach(
            (name, method) -> {
              Tally tally = tallies.get(name);
              Image2 image = tally.add(method, input, truth, zeroFilled);
              tally.addDice(tissues(image, data), truthTissues);
              progress.run();
            });
      }
      tallies.forEach((name, t) -> scores.add(t.score(data.name(), name, scale, setting)));
    }
    return scores;
  }

  private Image2 tissues(Image2 image, EvalCase data) {
    return tissues == null
        ? null
        : tissues.labels(image, data.columnSpacing(), data.rowSpacing(), data.phase());
  }

  /** Slice k as a method gets it. */
  CaseSlice degrade(EvalCase data, int k, double scale) {
    Image2 hr = KSpace.centreCrop(data.target().get(k), BLOCK);
    float max = maximum(hr);
    Image2 reference = null;
    if (!data.reference().isEmpty()) {
      Image2 guide = KSpace.centreCrop(data.reference().get(k), BLOCK);
      reference = divided(guide, Math.max(maximum(guide), 1e-6f));
      if (setting.lowReference()) {
        reference = low(reference, scale);
      }
    }
    return new CaseSlice(
        divided(low(hr, scale), max),
        neighbour(data, k - 1, scale, max),
        neighbour(data, k + 1, scale, max),
        reference,
        hr.width(),
        hr.height(),
        data.columnSpacing(),
        data.rowSpacing(),
        data.phase(),
        scale);
  }

  private static Image2 neighbour(EvalCase data, int k, double scale, float max) {
    if (k < 0 || k >= data.target().size()) {
      return null;
    }
    return divided(low(KSpace.centreCrop(data.target().get(k), BLOCK), scale), max);
  }

  private static Image2 low(Image2 x, double scale) {
    return KSpace.degrade(x, KSpace.lowSize(x.width(), scale), KSpace.lowSize(x.height(), scale));
  }

  static float maximum(Image2 x) {
    float max = Float.NEGATIVE_INFINITY;
    for (float v : x.values()) {
      max = Math.max(max, v);
    }
    return max;
  }

  static Image2 divided(Image2 x, float by) {
    float[] v = new float[x.values().length];
    for (int i = 0; i < v.length; i++) {
      v[i] = x.values()[i] / by;
    }
    return new Image2(v, x.width(), x.height());
  }

  /** Sums over the slices of one case, method and scale. */
  private static final class Tally {
    private double psnr;
    private double ssim1;
    private double ssim2;
    private double worstGain = Double.POSITIVE_INFINITY;
    private double seconds;
    private int slices;
    private final double[] dice = new double[3];
    private final int[] diceSlices = new int[3];

    Image2 add(UpscaleMethod method, CaseSlice input, Image2 truth, double zeroFilled) {
      long start = System.nanoTime();
      Image2 image = method.upscale(input);
      seconds += (System.nanoTime() - start) * 1e-9;
      double p = Metrics.psnr(image, truth);
      psnr += p;
      ssim1 += Metrics.ssim(image, truth, 1);
      ssim2 += Metrics.ssim(image, truth, 2);
      worstGain = Math.min(worstGain, p - zeroFilled);
      slices++;
      return image;
    }

    void addDice(Image2 found, Image2 truth) {
      for (int t = 0; t < dice.length && truth != null; t++) {
        double value = Metrics.dice(found, truth, t + 1);
        if (!Double.isNaN(value)) {
          dice[t] += value;
          diceSlices[t]++;
        }
      }
    }

    private Double dice(int tissue) {
      return diceSlices[tissue - 1] == 0 ? null : dice[tissue - 1] / diceSlices[tissue - 1];
    }

    Score score(String data, String method, double scale, Setting setting) {
      boolean guided = !setting.reference().equals(EvalCase.NO_REFERENCE);
      String resolution = setting.lowReference() ? "lr" : "hr";
      return new Score(
          data,
          setting.reference(),
          guided ? resolution : EvalCase.NO_REFERENCE,
          method,
          scale,
          psnr / slices,
          ssim1 / slices,
          ssim2 / slices,
          worstGain,
          slices,
          seconds / slices,
          dice(1),
          dice(2),
          dice(3));
    }
  }
}
