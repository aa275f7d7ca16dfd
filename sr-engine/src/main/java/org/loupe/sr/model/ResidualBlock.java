package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** {@code x + conv3x3(relu(conv3x3(x)))}, without normalisation (EDSR, Lim et al. 2017). */
final class ResidualBlock extends ConvolutionalBlock {

  private final Conv2d first;
  private final Conv2d second;

  ResidualBlock(int channels) {
    first = convolution("first", channels, channels, 3);
    second = convolution("second", channels, channels, 3);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    NDArray hidden = relu(apply(first, store, x, training));
    NDArray residual = apply(second, store, hidden, training);
    hidden.close();
    return new NDList(addClosing(x, residual));
  }
}
