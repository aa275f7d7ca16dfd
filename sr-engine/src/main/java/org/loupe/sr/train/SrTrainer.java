package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import org.loupe.sr.model.SrNetwork;

/**
 * One training step of the super-resolution network: mean absolute error of the picture, plus a
 * small Laplace likelihood that teaches the second output its expected error. Reported is the error
 * over that of the zero-filled interpolation.
 */
final class SrTrainer implements TrainingLoop.Step {

  private static final float LIKELIHOOD = 0.01f;

  private final SrNetwork network;
  private final SrPatchSampler sampler;
  private final SrOptions options;
  private final ParameterStore store;

  SrTrainer(SrNetwork network, SrPatchSampler sampler, SrOptions options, NDManager manager) {
    this.network = network;
    this.sampler = sampler;
    this.options = options;
    store = new ParameterStore(manager, false);
  }

  @Override
  public TrainingLoop.Loss loss(NDManager batch) {
    SrPatchSampler.Batch b = sampler.next(batch);
    NDArray out = network.forward(store, b.inputs(), true).singletonOrThrow();
    NDArray error = out.get(new NDIndex(":, :1")).sub(b.truth()).abs();
    NDArray loss = error.mean();
    NDArray relative = loss.div(b.base().sub(b.truth()).abs().mean());
    if (!options.has(SrOptions.Part.UNCERTAINTY)) {
      return new TrainingLoop.Loss(loss, relative);
    }
    NDArray logScale = SrNetwork.logError(out.get(new NDIndex(":, 1:")));
    NDArray likelihood = error.stopGradient().mul(logScale.neg().exp()).add(logScale).mean();
    return new TrainingLoop.Loss(loss.add(likelihood.mul(LIKELIHOOD)), relative);
  }
}
