package org.loupe.sr.eval;

import java.io.IOException;
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
   * @throws IOException where no slice has enough foreground, or the model expects no error
   */
  public static Coverage of(
      SuperResolver resolver, EvalCase data, String reference, double scale, int maxSlices)
      throws IOException {
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
      if (Float.isNaN(decoded.expectedError().values()[0])) {
        throw new IOException(
            "model " + resolver.info().manifest().name() + " gives no expected error");
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
    if (anatomy == 0) {
      throw new IOException(data.name() + ": no slice with enough foreground");
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
