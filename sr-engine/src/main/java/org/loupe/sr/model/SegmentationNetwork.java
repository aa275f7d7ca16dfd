package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.Map;

/**
 * A small U-Net (Ronneberger et al. 2015) for the semantic prior, on a lattice of about 1 mm. Input
 * (B, 3, h, w), h and w multiples of 8: target, reference, flag of a reference. Output (B, {@link
 * #CLASSES}, h, w) logits: background, CSF, grey matter, white matter.
 */
public final class SegmentationNetwork extends GraphBlock {

  public static final int CLASSES = 4;

  /** Width and height must be multiples of this. */
  public static final int MULTIPLE = 8;

  private static final int LEVELS = 4;

  private final Conv2d[][] down = new Conv2d[LEVELS][2];

  /**
   * @param channels width at the finest level; doubled per level up to fourfold
   */
  public SegmentationNetwork(int channels) {
    super("segmentation", Map.of());
    for (int level = 0; level < LEVELS; level++) {
      int in = level == 0 ? 3 : width(channels, level - 1);
      down[level] = pair("down" + level, in, width(channels, level));
    }
    for (int level = 0; level < LEVELS - 1; level++) {
      int in = width(channels, level) + width(channels, level + 1);
      pair("up" + level, in, width(channels, level));
    }
    convolution("classifier", channels, CLASSES, 1);
  }

  private static int width(int channels, int level) {
    return channels << Math.min(level, 2);
  }

  private Conv2d[] pair(String name, int in, int out) {
    double he = Math.sqrt(3);
    return new Conv2d[] {
      convolution(name + "a", in, out, 3, he), convolution(name + "b", out, out, 3, he)
    };
  }

  /**
   * What the network sees in an image on its way down: after each level's convolutions, (B, ., h /
   * 2^level, w / 2^level). The arrays stay open, for gradients.
   *
   * @param inputs as for the network itself
   */
  public NDList features(ParameterStore store, NDList inputs) {
    NDList features = new NDList();
    NDArray x = inputs.singletonOrThrow();
    for (int level = 0; level < LEVELS; level++) {
      x = level == 0 ? x : halved(x);
      for (Conv2d convolution : down[level]) {
        x = relu(apply(convolution, store, x, true));
      }
      features.add(x);
    }
    return features;
  }

  private static NDArray halved(NDArray x) {
    return Pool.maxPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
  }
}
