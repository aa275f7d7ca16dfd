package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Modulates features by the semantic prior: {@code f * (1 + gamma(p)) + beta(p)} per pixel (SFT,
 * Wang et al. 2018). Inputs: features (B, C, h, w) and prior (B, K, h, w).
 */
final class SpatialFeatureTransform extends ConvolutionalBlock {

  private static final int HIDDEN = 16;

  private final int channels;
  private final Conv2d hidden;
  private final Conv2d modulation;

  SpatialFeatureTransform(int channels, int priorChannels) {
    this.channels = channels;
    hidden = convolution("hidden", priorChannels, HIDDEN, 1);
    modulation = convolution("modulation", HIDDEN, 2 * channels, 1, 0.3);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray features = inputs.get(0);
    NDArray embedded = relu(apply(hidden, store, inputs.get(1), training));
    NDArray both = apply(modulation, store, embedded, training);
    embedded.close();
    NDArray gamma = both.get(new NDIndex(":, :{}", channels));
    NDArray beta = both.get(new NDIndex(":, {}:", channels));
    NDArray scaled = features.mul(gamma);
    NDArray shifted = addClosing(scaled, beta);
    NDArray result = features.add(shifted);
    both.close();
    gamma.close();
    scaled.close();
    shifted.close();
    return new NDList(result);
  }
}
