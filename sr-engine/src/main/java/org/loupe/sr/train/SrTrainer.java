package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.model.SrNetwork;

/**
 * One training step of the super-resolution network. The loss is the picture's mean absolute error
 * over that of the zero-filled interpolation, so that small factors, whose errors are small, count
 * as much as large ones (the benchmark's PSNR is a logarithm too); most of it counts only what data
 * consistency will leave of the error, the part beyond the measured band. And a Laplace likelihood
 * that teaches the second output its expected error. With a weight of its own, a perceptual loss.
 */
final class SrTrainer implements TrainingLoop.Step {

  private static final float LIKELIHOOD = 0.01f;

  /**
   * Error of the interpolation, normalised, below which a batch weighs less: where next to nothing
   * is missing, as in images that were interpolated before, a ratio would be all noise.
   */
  private static final float FLOOR = 0.014f;

  /**
   * Share of the whole error beside that beyond the measured band, which alone would let go of it.
   */
  private static final float WHOLE = 0.2f;

  private final Block network;
  private final SrPatchSampler sampler;
  private final SrOptions options;
  private final ParameterStore store;
  private final PerceptualLoss perceptual;

  /**
   * @param network takes a batch's inputs, gives the picture and, where it is trained for, what
   *     {@link SrNetwork#logError} makes its expected error of
   * @param frozen the segmentation network that the perceptual loss sees with; null where there is
   *     none
   */
  SrTrainer(
      Block network,
      SegmentationNetwork frozen,
      SrPatchSampler sampler,
      SrOptions options,
      NDManager manager) {
    this.network = network;
    this.sampler = sampler;
    this.options = options;
    store = new ParameterStore(manager, false);
    perceptual = options.perceptual() > 0 ? new PerceptualLoss(frozen, store) : null;
  }

  @Override
  public TrainingLoop.Loss loss(NDManager batch) {
    SrPatchSampler.Batch b = sampler.next(batch);
    NDArray out = network.forward(store, b.inputs(), true).singletonOrThrow();
    NDArray picture = out.get(new NDIndex(":, :1"));
    NDArray difference = picture.sub(b.truth());
    NDArray before = b.base().sub(b.truth()).abs().mean().add(FLOOR);
    NDArray error = difference.abs();
    NDArray loss = error.mean().div(before);
    NDArray total = loss;
    if (options.has(SrOptions.Part.CONSISTENCY)) {
      error = b.beyondBand(difference).abs();
      NDArray missing = error.mean().div(before);
      total = loss.mul(WHOLE).add(missing.mul(1 - WHOLE));
      loss = missing;
    }
    if (options.has(SrOptions.Part.UNCERTAINTY)) {
      NDArray logScale = SrNetwork.logError(out.get(new NDIndex(":, 1:")));
      NDArray likelihood = error.stopGradient().mul(logScale.neg().exp()).add(logScale).mean();
      total = total.add(likelihood.mul(LIKELIHOOD));
    }
    NDArray seen = perceptual == null ? null : perceptual.of(picture, b.truth());
    if (seen != null) {
      total = total.add(seen.mul(options.perceptual()));
    }
    return new TrainingLoop.Loss(total, loss);
  }
}
