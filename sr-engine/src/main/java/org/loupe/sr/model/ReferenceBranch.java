package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Features of the reference on its own lattice, once per slice. Input (B, 2, H, W): the reference
 * and what is left of it above the target's band; output (B, {@link SrNetwork#GUIDES}, H, W). The
 * last guide is that rest itself, so that the guidance starts as a guided filter with learned
 * coefficients: products of two learned factors alone would start at a saddle.
 */
final class ReferenceBranch extends ConvolutionalBlock {

  private final Conv2d first = convolution("first", 2, SrNetwork.GUIDES, 3);
  private final Conv2d second = convolution("second", SrNetwork.GUIDES, SrNetwork.GUIDES, 3);
  private final Conv2d third = convolution("third", SrNetwork.GUIDES, SrNetwork.GUIDES - 1, 3);

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray x = relu(apply(first, store, input, training));
    NDArray y = relu(apply(second, store, x, training));
    x.close();
    NDArray z = apply(third, store, y, training);
    y.close();
    NDArray rest = input.get(new NDIndex(":, 1:"));
    NDArray guides = z.concat(rest, 1);
    z.close();
    rest.close();
    return new NDList(guides);
  }
}
