package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.loupe.image.Image2;
import org.loupe.image.Statistics;
import org.loupe.sr.ReferenceOnly;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;

/**
 * Whether {@link ReferenceOnly} finds what it should: {@link SyntheticLesion}s that are put into
 * the reference alone, as {@link LeakMeter} does, and nothing in slices as they are. A lesion
 * counts as marked where a place reaches it, and as leaked where more than {@link #LEAKED} of its
 * contrast is in the super-resolved picture.
 */
public final class WarningMeter {

  /** Least leaked part of a lesion's contrast that deserves a warning. */
  public static final double LEAKED = 0.1;

  /**
   * What was found.
   *
   * @param lesions lesions of the reference alone, at all factors
   * @param marked those that were marked
   * @param leaked those that leaked
   * @param leakedMarked those that leaked and were marked
   * @param slices slices as they are, at all factors
   * @param placesPerSlice places marked in one of them, on average
   */
  public record Report(
      @JsonProperty("lesions") int lesions,
      @JsonProperty("marked") int marked,
      @JsonProperty("leaked") int leaked,
      @JsonProperty("leaked_marked") int leakedMarked,
      @JsonProperty("slices") int slices,
      @JsonProperty("places_per_slice") double placesPerSlice) {}

  private final SuperResolver resolver;
  private final List<Double> scales;
  private final int maxSlices;
  private final long seed;
  private int lesions;
  private int marked;
  private int leaked;
  private int leakedMarked;
  private int slices;
  private int places;

  /**
   * @param scales nominal factors of the protocol
   * @param maxSlices most slices of a case; 0 for all with enough white matter
   * @param seed of the lesions' places and signs
   */
  public WarningMeter(SuperResolver resolver, List<Double> scales, int maxSlices, long seed) {
    this.resolver = resolver;
    this.scales = List.copyOf(scales);
    this.maxSlices = maxSlices;
    this.seed = seed;
  }

  /** Measures a case. */
  public void add(LabelledCase data) {
    Protocol protocol =
        new Protocol(new Protocol.Setting(data.reference(), false, scales, 0), Map.of(), () -> {});
    for (int k : data.slices(maxSlices)) {
      Random random = new Random(31 * (31 * seed + data.data().name().hashCode()) + k);
      List<SyntheticLesion> placed = SyntheticLesion.place(data, k, random);
      for (double scale : scales) {
        measure(data, k, placed, protocol, scale);
      }
    }
  }

  public Report report() {
    return new Report(
        lesions, marked, leaked, leakedMarked, slices, slices == 0 ? 0 : places / (double) slices);
  }

  private void measure(
      LabelledCase data, int k, List<SyntheticLesion> placed, Protocol protocol, double scale) {
    EvalCase base = data.data();
    Image2 target = base.target().get(k);
    Image2 reference = base.reference().get(k);
    double contrast = LeakMeter.CONTRAST * data.median(reference, k);
    double expected =
        contrast
            / Statistics.normal(reference)
            * Statistics.normal(target)
            / Protocol.maximum(target);
    CaseSlice plain = protocol.degrade(base, k, scale);
    SliceInput plainInput = LearnedMethod.input(plain);
    SliceInput lesionInput =
        LearnedMethod.input(
            protocol.degrade(LeakMeter.inReference(data, k, placed, contrast), k, scale));
    View view =
        new View(
            (double) plain.target().width() / plain.width(),
            (double) plain.target().height() / plain.height(),
            0,
            0,
            plain.width(),
            plain.height());
    SuperResolver.Decoded alone = decoded(plainInput.withoutReference(), view);
    SuperResolver.Decoded guided = decoded(plainInput, view);
    SuperResolver.Decoded lesioned = decoded(lesionInput, view);
    slices++;
    places += found(plainInput, view, guided, alone).size();
    List<ReferenceOnly.Place> all = found(lesionInput, view, lesioned, alone);
    for (SyntheticLesion lesion : placed) {
      Image2 profile = lesion.profile(data, plain.width(), plain.height(), 0);
      double part =
          Math.abs(
              LeakMeter.projected(
                  LeakMeter.difference(lesioned.values(), 1, guided.values(), 1), profile));
      boolean isMarked = all.stream().anyMatch(p -> reaches(p, lesion, view, data));
      boolean isLeaked = part / expected > LEAKED;
      lesions++;
      marked += isMarked ? 1 : 0;
      leaked += isLeaked ? 1 : 0;
      leakedMarked += isMarked && isLeaked ? 1 : 0;
    }
  }

  private SuperResolver.Decoded decoded(SliceInput input, View view) {
    try (SliceFeatures features = resolver.prepare(input)) {
      return resolver.decode(features, view);
    }
  }

  private static List<ReferenceOnly.Place> found(
      SliceInput input, View view, SuperResolver.Decoded guided, SuperResolver.Decoded alone) {
    return ReferenceOnly.find(input, view, guided.values(), alone.values(), guided.expectedError());
  }

  /** Whether a place and a lesion share something, on the HR grid. */
  private static boolean reaches(
      ReferenceOnly.Place place, SyntheticLesion lesion, View view, LabelledCase data) {
    double dx = place.column() / view.columnStep() - lesion.column();
    double dy = place.row() / view.rowStep() - lesion.row();
    double mm = Math.hypot(dx * data.data().columnSpacing(), dy * data.data().rowSpacing());
    double radius = place.radius() / view.columnStep() * data.data().columnSpacing();
    return mm <= lesion.diameter() / 2 + radius;
  }
}
