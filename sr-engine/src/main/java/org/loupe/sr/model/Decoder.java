package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The thin head at output resolution, run per zoom and tile. Inputs, all (B, ., q, q'): base
 * interpolation (1), encoder features sampled at the output positions ({@link SrNetwork#SAMPLED}:
 * {@link SrNetwork#HIDDEN} features, then {@link SrNetwork#GUIDES} guidance coefficients),
 * reference features sampled there ({@link SrNetwork#GUIDES}). Output (B, 2, q, q'): the picture
 * and what {@link SrNetwork#logError} makes its expected absolute error of (scale of a Laplace
 * distribution).
 */
final class Decoder extends ConvolutionalBlock {

  private final Conv2d first = convolution("first", SrNetwork.GUIDES + 2, SrNetwork.HIDDEN, 3);
  private final Conv2d second = convolution("second", SrNetwork.HIDDEN, SrNetwork.HIDDEN, 3);
  private final Conv2d last = convolution("last", SrNetwork.HIDDEN, 2, 1, 0.3);

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray base = inputs.get(0);
    NDArray sampled = inputs.get(1);
    NDArray guides = inputs.get(2);
    NDArray features = sampled.get(new NDIndex(":, :{}", SrNetwork.HIDDEN));
    NDArray coefficients = sampled.get(new NDIndex(":, {}:", SrNetwork.HIDDEN));
    NDArray products = coefficients.mul(guides);
    NDArray guidance = products.sum(new int[] {1}, true);
    products.close();
    coefficients.close();
    NDArray stacked = guides.concat(base, 1).concat(guidance, 1);
    NDArray convolved = apply(first, store, stacked, training);
    stacked.close();
    NDArray hidden = relu(addClosing(convolved, features));
    convolved.close();
    NDArray deeper = relu(apply(second, store, hidden, training));
    hidden.close();
    NDArray out = apply(last, store, deeper, training);
    deeper.close();
    NDArray residual = out.get(new NDIndex(":, :1"));
    NDArray logError = out.get(new NDIndex(":, 1:"));
    NDArray guided = base.add(guidance);
    NDArray picture = guided.add(residual);
    NDArray result = picture.concat(logError, 1);
    for (NDArray done : new NDArray[] {guidance, out, residual, logError, guided, picture}) {
      done.close();
    }
    return new NDList(result);
  }
}
