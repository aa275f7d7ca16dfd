package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import org.loupe.sr.model.SrNetwork;

/**
 * Fits one factor to the expected error: a Laplace distribution of scale b has 90 % of its errors
 * below b ln 10, and the factor makes that true of training patches. Likelihood alone leaves it off
 * where errors are not Laplace distributed.
 */
final class Calibration {

  private static final int BATCHES = 60;
  private static final double SHARE = 0.9;

  private Calibration() {}

  static double errorScale(SrNetwork network, SrPatchSampler sampler, NDManager manager) {
    ParameterStore store = new ParameterStore(manager, false);
    float[] quantiles = new float[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      try (NDManager batch = manager.newSubManager()) {
        SrPatchSampler.Batch b = sampler.next(batch);
        NDArray out = network.forward(store, b.inputs(), false).singletonOrThrow();
        NDArray error = out.get(new NDIndex(":, :1")).sub(b.truth()).abs();
        NDArray scale = SrNetwork.logError(out.get(new NDIndex(":, 1:"))).exp();
        float[] ratios = error.div(scale).toFloatArray();
        Arrays.sort(ratios);
        quantiles[i] = ratios[(int) (SHARE * (ratios.length - 1))];
      }
    }
    double sum = 0;
    for (float quantile : quantiles) {
      sum += quantile;
    }
    return sum / BATCHES / Math.log(10);
  }
}
