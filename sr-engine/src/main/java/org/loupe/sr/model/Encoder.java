package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * All heavy work, on the target's own lattice, once per slice. Inputs, all (B, ., h, w): target
 * (1), neighbouring slices (2), reference folded from a lattice {@link SrNetwork#FOLD} times as
 * fine (FOLD^2, position-major rows then columns) with a flag channel that tells whether there is
 * one, prior (3: CSF, GM, WM). Output: (B, {@link SrNetwork#SAMPLED}, 2h, 2w) features on a lattice
 * twice as fine: feature (2i, 2j) lies at target pixel (i, j).
 *
 * <p>Its parts, in the order of the convolutions:
 *
 * <ul>
 *   <li>The folded reference is split into its mean over the target pixel and the samples'
 *       amplified differences from it: sixteen nearly equal inputs would be a badly conditioned
 *       start.
 *   <li>Slice attention takes from the neighbouring slices what fits the target: their features are
 *       gated by a convolutional attention with kernels 1, 3 and 5 and reduction 1/2 (multi-modal
 *       multi-head convolutional attention, Georgescu et al. 2023).
 *   <li>A head on target, reference and prior.
 *   <li>Two spatial feature transforms by the prior, {@code f * (1 + gamma(p)) + beta(p)} per pixel
 *       (Wang et al. 2018), before the first and in the middle of the residual blocks.
 *   <li>A tail whose channels become pixels of a finer lattice (sub-pixel rearrangement, Shi et al.
 *       2016).
 *   <li>Residual blocks {@code x + conv3x3(relu(conv3x3(x)))} without normalisation (EDSR, Lim et
 *       al. 2017).
 * </ul>
 */
final class Encoder extends GraphBlock {

  private static final int FOLDED = SrNetwork.FOLD * SrNetwork.FOLD;

  /** Amplification of the reference's detail, which is several times fainter than its mean. */
  private static final String DETAIL = "4.";

  private static final int SLICE_FEATURES = 16;
  private static final int TRANSFORM_FEATURES = 16;
  private static final int[] ATTENTION_KERNELS = {1, 3, 5};

  /** Weights and biases of a residual block's two convolutions. */
  private static final int BLOCK_ARRAYS = 4;

  private final int blocks;

  Encoder(int channels, int blocks) {
    super("encoder", Map.of("FOLDED", Integer.toString(FOLDED), "DETAIL", DETAIL));
    this.blocks = blocks;
    convolution("slices", 4, SLICE_FEATURES, 3);
    for (int kernel : ATTENTION_KERNELS) {
      convolution("squeeze" + kernel, SLICE_FEATURES, SLICE_FEATURES / 2, kernel);
    }
    for (int kernel : ATTENTION_KERNELS) {
      convolution("expand" + kernel, SLICE_FEATURES / 2, SLICE_FEATURES, kernel);
    }
    convolution("projection", SLICE_FEATURES, channels, 1);
    int inputs = 1 + 1 + FOLDED + 1 + SrNetwork.TISSUES;
    convolution("head", inputs, channels, 3);
    for (int i = 0; i < 2; i++) {
      convolution("transform" + i + "a", SrNetwork.TISSUES, TRANSFORM_FEATURES, 1);
      convolution("transform" + i + "b", TRANSFORM_FEATURES, 2 * channels, 1, 0.3);
    }
    convolution("tail", channels, 4 * SrNetwork.SAMPLED, 1, 0.3);
    for (int i = 0; i < blocks; i++) {
      convolution("block" + i + "a", channels, channels, 3);
      convolution("block" + i + "b", channels, channels, 3);
    }
  }

  /**
   * Takes the weights of an encoder with no more blocks. As many blocks as before stay on either
   * side of the second transform; an added one's second convolution is zero, so that it passes on
   * what comes in.
   */
  void startAs(Encoder shallower) {
    List<NDArray> own = arrays();
    List<NDArray> theirs = shallower.arrays();
    int before = own.size() - BLOCK_ARRAYS * blocks;
    copy(own.subList(0, before), theirs.subList(0, before));
    int shift = blocks / 2 - shallower.blocks / 2;
    for (int n = 0; n < blocks; n++) {
      int source = n < blocks / 2 ? n : n - shift;
      boolean added = n < blocks / 2 ? n >= shallower.blocks / 2 : source >= shallower.blocks;
      List<NDArray> block = block(own, before, n);
      if (added) {
        block
            .subList(BLOCK_ARRAYS / 2, BLOCK_ARRAYS)
            .forEach(array -> array.set(new float[(int) array.size()]));
      } else {
        copy(block, block(theirs, before, source));
      }
    }
  }

  /** The arrays of a residual block. */
  private static List<NDArray> block(List<NDArray> all, int before, int n) {
    int first = before + BLOCK_ARRAYS * n;
    return all.subList(first, first + BLOCK_ARRAYS);
  }
}
