package org.loupe.sr.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.loupe.image.Image2;

/**
 * Whether a method turns noise into texture. Rician noise of known level is put on the degraded T2
 * slice and its neighbours: {@code |x + n1 + i n2|} with independent normal n1, n2 of standard
 * deviation (median of white matter) / SNR. The noise of a method is the difference of its results
 * with and without ({@code |x|}); its power is the variance of that difference in white matter on
 * the HR grid, and is compared with that of bicubic interpolation of the same slices. Below 1 the
 * method is quieter than plain interpolation.
 */
public final class NoiseMeter {

  private final UpscaleMethod method;
  private final List<Double> scales;
  private final List<Double> snrs;
  private final int maxSlices;
  private final long seed;
  private final double[][] ratios;
  private final double[][] zeroFilling;
  private final int[][] counts;

  /**
   * @param scales nominal factors of the protocol
   * @param snrs signal-to-noise ratios of white matter
   * @param maxSlices most slices of a case; 0 for all with enough white matter
   */
  public NoiseMeter(
      UpscaleMethod method, List<Double> scales, List<Double> snrs, int maxSlices, long seed) {
    this.method = method;
    this.scales = List.copyOf(scales);
    this.snrs = List.copyOf(snrs);
    this.maxSlices = maxSlices;
    this.seed = seed;
    ratios = new double[scales.size()][snrs.size()];
    zeroFilling = new double[scales.size()][snrs.size()];
    counts = new int[scales.size()][snrs.size()];
  }

  /** Measures the slices of a case. */
  public void add(LabelledCase data) {
    UpscaleMethod bicubic = Baselines.ALL.get("bicubic");
    Protocol protocol =
        new Protocol(new Protocol.Setting(data.reference(), false, scales, 0), Map.of(), () -> {});
    for (int k : data.slices(maxSlices)) {
      Image2 target = data.data().target().get(k);
      double signal = data.median(target, k) / Protocol.maximum(target);
      for (int s = 0; s < scales.size(); s++) {
        // The magnitude of the ringing that degradation makes below 0 is no noise.
        CaseSlice degraded = protocol.degrade(data.data(), k, scales.get(s));
        CaseSlice clean = noisy(degraded, 0, new Random(seed));
        Image2 result = method.upscale(clean);
        Image2 plain = bicubic.upscale(clean);
        Image2 zeroFilled = Baselines.zeroFill(clean);
        for (int n = 0; n < snrs.size(); n++) {
          Random random =
              new Random(31 * (31 * (31 * seed + data.data().name().hashCode()) + k) + n);
          CaseSlice noisy = noisy(clean, signal / snrs.get(n), random);
          double power = data.variance(difference(bicubic.upscale(noisy), plain), k);
          ratios[s][n] += data.variance(difference(method.upscale(noisy), result), k) / power;
          zeroFilling[s][n] +=
              data.variance(difference(Baselines.zeroFill(noisy), zeroFilled), k) / power;
          counts[s][n]++;
        }
      }
    }
  }

  /** The means so far; NaN where nothing was measured. */
  public NoiseReport report() {
    List<NoiseReport.Group> groups = new ArrayList<>();
    double sum = 0;
    double zeroFillingSum = 0;
    int count = 0;
    for (int s = 0; s < scales.size(); s++) {
      for (int n = 0; n < snrs.size(); n++) {
        int slices = counts[s][n];
        groups.add(
            new NoiseReport.Group(
                scales.get(s),
                snrs.get(n),
                slices,
                ratios[s][n] / slices,
                zeroFilling[s][n] / slices));
        sum += ratios[s][n];
        zeroFillingSum += zeroFilling[s][n];
        count += slices;
      }
    }
    return new NoiseReport(sum / count, zeroFillingSum / count, seed, groups);
  }

  private static CaseSlice noisy(CaseSlice s, double sigma, Random random) {
    return new CaseSlice(
        noisy(s.target(), sigma, random),
        noisy(s.previous(), sigma, random),
        noisy(s.next(), sigma, random),
        s.reference(),
        s.width(),
        s.height(),
        s.columnSpacing(),
        s.rowSpacing(),
        s.phase(),
        s.factor());
  }

  private static Image2 noisy(Image2 image, double sigma, Random random) {
    if (image == null) {
      return null;
    }
    float[] values = new float[image.values().length];
    for (int i = 0; i < values.length; i++) {
      double real = image.values()[i] + sigma * random.nextGaussian();
      values[i] = (float) Math.hypot(real, sigma * random.nextGaussian());
    }
    return new Image2(values, image.width(), image.height());
  }

  private static Image2 difference(Image2 a, Image2 b) {
    float[] values = new float[a.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = a.values()[i] - b.values()[i];
    }
    return new Image2(values, a.width(), a.height());
  }
}
