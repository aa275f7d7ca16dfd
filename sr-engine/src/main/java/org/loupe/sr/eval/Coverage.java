package org.loupe.sr.eval;

import java.util.List;
import java.util.Map;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;

/**
 * How often the true value lies in the 90 % interval of the expected error, by the evaluation
 * protocol: {@code |error| <= scale * ln 10} of a Laplace distribution.
 *
 * @param all share of all pixels
 * @param foreground share of those above 8 % of the slice's maximum
 */
public record Coverage(
    String caseName, String reference, double scale, double all, double foreground, int slices) {

  private static final double INTERVAL = Math.log(10);

  /**
   * Measures a case at one factor.
   *
   * @param maxSlices as in {@link Protocol.Setting}
   */
  public static Coverage of(
      SuperResolver resolver, EvalCase data, String reference, double scale, int maxSlices) {
    Protocol protocol =
        new Protocol(
            new Protocol.Setting(reference, false, List.of(scale), maxSlices), Map.of(), () -> {});
    List<Integer> slices = Protocol.slices(data, maxSlices);
    long pixels = 0;
    long inside = 0;
    long anatomy = 0;
    long anatomyInside = 0;
    for (int k : slices) {
      CaseSlice slice = protocol.degrade(data, k, scale);
      Image2 truth = KSpace.centreCrop(data.target().get(k), Protocol.BLOCK);
      float max = Protocol.maximum(truth);
      SuperResolver.Decoded decoded;
      try (SliceFeatures features = resolver.prepare(LearnedMethod.input(slice))) {
        decoded = resolver.decode(features, whole(slice));
      }
      for (int i = 0; i < truth.values().length; i++) {
        float value = truth.values()[i] / max;
        double error = Math.abs(decoded.values().values()[i] - value);
        boolean within = error <= INTERVAL * decoded.expectedError().values()[i];
        pixels++;
        inside += within ? 1 : 0;
        if (value > Protocol.FOREGROUND) {
          anatomy++;
          anatomyInside += within ? 1 : 0;
        }
      }
    }
    return new Coverage(
        data.name(),
        reference,
        scale,
        (double) inside / pixels,
        (double) anatomyInside / anatomy,
        slices.size());
  }

  private static View whole(CaseSlice slice) {
    return new View(
        (double) slice.target().width() / slice.width(),
        (double) slice.target().height() / slice.height(),
        0,
        0,
        slice.width(),
        slice.height());
  }
}
