package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes from the neighbouring slices what fits the target slice: their features are gated by a
 * convolutional attention with kernels 1, 3 and 5 and reduction 1/2 (multi-modal multi-head
 * convolutional attention, Georgescu et al. 2023). Inputs: target (B, 1, h, w) and neighbours (B,
 * 2, h, w); output (B, C, h, w).
 */
final class SliceAttention extends ConvolutionalBlock {

  private static final int FEATURES = 16;

  private final Conv2d embedding;
  private final List<Conv2d> squeeze = new ArrayList<>();
  private final List<Conv2d> expand = new ArrayList<>();
  private final Conv2d projection;

  SliceAttention(int channels) {
    embedding = convolution("embedding", 4, FEATURES, 3);
    for (int kernel : new int[] {1, 3, 5}) {
      squeeze.add(convolution("squeeze" + kernel, FEATURES, FEATURES / 2, kernel));
      expand.add(convolution("expand" + kernel, FEATURES / 2, FEATURES, kernel));
    }
    projection = convolution("projection", FEATURES, channels, 1);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray neighbours = inputs.get(1);
    NDArray difference = neighbours.sub(inputs.get(0));
    NDArray stacked = neighbours.concat(difference, 1);
    difference.close();
    NDArray features = relu(apply(embedding, store, stacked, training));
    stacked.close();
    NDArray gate = null;
    for (int head = 0; head < squeeze.size(); head++) {
      NDArray small = relu(apply(squeeze.get(head), store, features, training));
      NDArray logits = apply(expand.get(head), store, small, training);
      small.close();
      NDArray before = gate;
      gate = before == null ? logits : addClosing(before, logits);
      if (before != null) {
        before.close();
      }
    }
    NDArray weights = Activation.sigmoid(gate);
    NDArray attended = features.mul(weights);
    NDArray projected = apply(projection, store, attended, training);
    for (NDArray done : new NDArray[] {features, gate, weights, attended}) {
      done.close();
    }
    return new NDList(projected);
  }
}
