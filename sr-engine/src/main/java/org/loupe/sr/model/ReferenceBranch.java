package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Features of the reference on its own lattice, once per slice. Input (B, 2, H, W): the reference
 * and what is left of it above the target's band; output (B, {@link SrNetwork#GUIDES}, H, W).
 */
final class ReferenceBranch extends ConvolutionalBlock {

  private final Conv2d first = convolution("first", 2, SrNetwork.GUIDES, 3);
  private final Conv2d second = convolution("second", SrNetwork.GUIDES, SrNetwork.GUIDES, 3);
  private final Conv2d third = convolution("third", SrNetwork.GUIDES, SrNetwork.GUIDES, 3);

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = relu(apply(first, store, inputs.singletonOrThrow(), training));
    NDArray y = relu(apply(second, store, x, training));
    x.close();
    NDArray z = apply(third, store, y, training);
    y.close();
    return new NDList(z);
  }
}
