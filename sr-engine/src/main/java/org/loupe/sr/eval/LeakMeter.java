package org.loupe.sr.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.loupe.image.Image2;
import org.loupe.image.Statistics;

/**
 * Whether a method keeps lesions that only T2 shows, and keeps lesions that only the reference
 * shows out of T2.
 *
 * <p>{@link SyntheticLesion}s are added to the white matter of one contrast at full resolution:
 * brighter or darker than white matter by {@link #CONTRAST} of its median in that contrast and
 * slice. In T2 they reach into neighbouring slices as balls do. T2 is degraded by the {@link
 * Protocol}, the reference stays at full resolution, and the method runs with and without the
 * lesions. With D the difference of its two results on the HR grid, p a lesion's profile there and
 * a its signed contrast in T2's units,
 *
 * <ul>
 *   <li>kept = (sum D p / sum p p) / a, for lesions in T2 alone: 1 when the lesion comes back as it
 *       was;
 *   <li>leaked = |sum D p / sum p p| / |b|, for lesions in the reference alone, where b is their
 *       contrast in the reference times T2's {@link Statistics#normal} over the reference's, both
 *       of this slice: 0 when T2 shows nothing of them.
 * </ul>
 *
 * Zero filling's kept says how much of a lesion the degraded T2 still holds.
 */
public final class LeakMeter {

  /** Contrast of the lesions, part of white matter's intensity. */
  public static final double CONTRAST = 0.4;

  private final UpscaleMethod method;
  private final List<Double> scales;
  private final int maxSlices;
  private final long seed;
  private final Map<Key, Sums> sums = new TreeMap<>();
  private int lesions;

  /**
   * @param scales nominal factors of the protocol
   * @param maxSlices most slices of a case; 0 for all with enough white matter
   * @param seed of the lesions' places and signs
   */
  public LeakMeter(UpscaleMethod method, List<Double> scales, int maxSlices, long seed) {
    this.method = method;
    this.scales = List.copyOf(scales);
    this.maxSlices = maxSlices;
    this.seed = seed;
  }

  /** Measures the lesions of a case. */
  public void add(LabelledCase data) {
    for (int k : data.slices(maxSlices)) {
      Random random = new Random(31 * (31 * seed + data.data().name().hashCode()) + k);
      List<SyntheticLesion> placed = SyntheticLesion.place(data, k, random);
      if (!placed.isEmpty()) {
        lesions += placed.size();
        measure(data, k, placed);
      }
    }
  }

  /** The means so far; NaN where nothing was measured. */
  public LeakReport report() {
    Sums all = new Sums();
    List<LeakReport.Group> groups = new ArrayList<>();
    sums.forEach(
        (key, s) -> {
          all.add(s);
          groups.add(
              new LeakReport.Group(
                  key.scale,
                  key.diameter,
                  s.count,
                  s.kept / s.count,
                  s.zeroFilled / s.count,
                  s.leaked / s.count));
        });
    return new LeakReport(
        all.kept / all.count,
        all.leaked / all.count,
        all.zeroFilled / all.count,
        lesions,
        seed,
        groups);
  }

  private void measure(LabelledCase data, int k, List<SyntheticLesion> placed) {
    EvalCase base = data.data();
    Image2 target = base.target().get(k);
    Image2 reference = base.reference().get(k);
    double contrast = CONTRAST * data.median(target, k);
    double guideContrast = CONTRAST * data.median(reference, k);
    double expected = guideContrast / Statistics.normal(reference) * Statistics.normal(target);
    EvalCase inTarget = inTarget(data, k, placed, contrast);
    EvalCase inReference = inReference(data, k, placed, guideContrast);
    Protocol protocol =
        new Protocol(new Protocol.Setting(data.reference(), false, scales, 0), Map.of(), () -> {});
    for (double scale : scales) {
      CaseSlice plain = protocol.degrade(base, k, scale);
      CaseSlice withLesions = protocol.degrade(inTarget, k, scale);
      CaseSlice withOther = protocol.degrade(inReference, k, scale);
      double max = Protocol.maximum(target);
      double maxWith = Protocol.maximum(inTarget.target().get(k));
      Image2 result = method.upscale(plain);
      Image2 kept = difference(method.upscale(withLesions), maxWith, result, max);
      Image2 leaked = difference(method.upscale(withOther), max, result, max);
      Image2 zeroFilled =
          difference(Baselines.zeroFill(withLesions), maxWith, Baselines.zeroFill(plain), max);
      for (SyntheticLesion lesion : placed) {
        Image2 profile = lesion.profile(data, target.width(), target.height(), 0);
        double signed = lesion.sign() * contrast;
        Sums s = sums.computeIfAbsent(new Key(scale, lesion.diameter()), key -> new Sums());
        s.kept += projected(kept, profile) / signed;
        s.zeroFilled += projected(zeroFilled, profile) / signed;
        s.leaked += Math.abs(projected(leaked, profile)) / expected;
        s.count++;
      }
    }
  }

  private static EvalCase inTarget(
      LabelledCase data, int k, List<SyntheticLesion> placed, double contrast) {
    List<Image2> slices = new ArrayList<>(data.data().target());
    for (int other = Math.max(0, k - 1); other <= Math.min(slices.size() - 1, k + 1); other++) {
      double offset = other == k ? 0 : data.gap();
      slices.set(other, with(slices.get(other), data, placed, contrast, offset));
    }
    return data.data().withTarget(slices);
  }

  static EvalCase inReference(
      LabelledCase data, int k, List<SyntheticLesion> placed, double contrast) {
    List<Image2> slices = new ArrayList<>(data.data().reference());
    slices.set(k, with(slices.get(k), data, placed, contrast, 0));
    return data.data().withReference(slices);
  }

  private static Image2 with(
      Image2 slice,
      LabelledCase data,
      List<SyntheticLesion> placed,
      double contrast,
      double offset) {
    float[] values = slice.values().clone();
    for (SyntheticLesion lesion : placed) {
      Image2 profile = lesion.profile(data, slice.width(), slice.height(), offset);
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (lesion.sign() * contrast * profile.values()[i]);
      }
    }
    return new Image2(values, slice.width(), slice.height());
  }

  static Image2 difference(Image2 a, double scaleA, Image2 b, double scaleB) {
    float[] values = new float[a.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (a.values()[i] * scaleA - b.values()[i] * scaleB);
    }
    return new Image2(values, a.width(), a.height());
  }

  /** The multiple of the profile that is nearest to an image: its amplitude there. */
  static double projected(Image2 image, Image2 profile) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < profile.values().length; i++) {
      double p = profile.values()[i];
      product += image.values()[i] * p;
      square += p * p;
    }
    return product / square;
  }

  private record Key(double scale, double diameter) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byScale = Double.compare(scale, other.scale);
      return byScale != 0 ? byScale : Double.compare(diameter, other.diameter);
    }
  }

  private static final class Sums {
    private double kept;
    private double zeroFilled;
    private double leaked;
    private int count;

    void add(Sums other) {
      kept += other.kept;
      zeroFilled += other.zeroFilled;
      leaked += other.leaked;
      count += other.count;
    }
  }
}
