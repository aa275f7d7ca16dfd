package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * All heavy work, on the target's own lattice, once per slice. Inputs, all (B, ., h, w): target
 * (1), neighbouring slices (2), reference folded from a lattice {@link SrNetwork#FOLD} times as
 * fine (FOLD^2, position-major rows then columns) with a flag channel that tells whether there is
 * one, prior (3: CSF, GM, WM). Output: (B, {@link SrNetwork#SAMPLED}, 2h, 2w) features on a lattice
 * twice as fine: feature (2i, 2j) lies at target pixel (i, j).
 */
final class Encoder extends ConvolutionalBlock {

  private final SliceAttention slices;
  private final Conv2d head;
  private final SpatialFeatureTransform firstTransform;
  private final SpatialFeatureTransform secondTransform;
  private final List<ResidualBlock> body = new ArrayList<>();
  private final Conv2d tail;

  Encoder(int channels, int blocks) {
    slices = child("slices", new SliceAttention(channels));
    int inputs = 1 + SrNetwork.FOLD * SrNetwork.FOLD + 1 + SrNetwork.TISSUES;
    head = convolution("head", inputs, channels, 3);
    firstTransform = child("transform0", new SpatialFeatureTransform(channels, SrNetwork.TISSUES));
    secondTransform = child("transform1", new SpatialFeatureTransform(channels, SrNetwork.TISSUES));
    for (int i = 0; i < blocks; i++) {
      body.add(child("block" + i, new ResidualBlock(channels)));
    }
    tail = convolution("tail", channels, 4 * SrNetwork.SAMPLED, 1, 0.3);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray target = inputs.get(0);
    NDArray neighbours = inputs.get(1);
    NDArray folded = inputs.get(2);
    NDArray prior = inputs.get(3);
    NDArray stacked = target.concat(folded, 1).concat(prior, 1);
    NDArray own = apply(head, store, stacked, training);
    stacked.close();
    NDArray around =
        slices.forward(store, new NDList(target, neighbours), training).singletonOrThrow();
    NDArray merged = addClosing(own, around);
    own.close();
    NDArray entry = transform(firstTransform, store, merged, prior, training);
    NDArray features = entry;
    for (int i = 0; i < body.size(); i++) {
      if (i == body.size() / 2) {
        NDArray before = features;
        features = secondTransform.forward(store, new NDList(before, prior), training).get(0);
        closeUnless(before, entry);
      }
      NDArray before = features;
      features = apply(body.get(i), store, before, training);
      closeUnless(before, entry);
    }
    NDArray summed = addClosing(entry, features);
    entry.close();
    NDArray coarse = apply(tail, store, summed, training);
    summed.close();
    return new NDList(unfold(coarse));
  }

  private static NDArray transform(
      SpatialFeatureTransform sft, ParameterStore store, NDArray x, NDArray prior, boolean train) {
    NDArray y = sft.forward(store, new NDList(x, prior), train).singletonOrThrow();
    x.close();
    return y;
  }

  private static void closeUnless(NDArray array, NDArray kept) {
    if (array != kept) {
      array.close();
    }
  }

  /** Sub-pixel rearrangement (Shi et al. 2016): (B, 4C, h, w) to (B, C, 2h, 2w). */
  private static NDArray unfold(NDArray x) {
    Shape s = x.getShape();
    long channels = s.get(1) / 4;
    NDArray y =
        x.reshape(s.get(0), channels, 2, 2, s.get(2), s.get(3))
            .transpose(0, 1, 4, 2, 5, 3)
            .reshape(s.get(0), channels, 2 * s.get(2), 2 * s.get(3));
    x.close();
    return y;
  }
}
