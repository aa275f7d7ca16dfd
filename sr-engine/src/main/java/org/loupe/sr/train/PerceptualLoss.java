package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.List;
import org.loupe.sr.model.SegmentationNetwork;

/**
 * Semantic-guided perceptual loss: mean absolute difference between the features that the frozen
 * segmentation network finds in the picture and in the truth, over those of the truth, averaged
 * over the network's levels. Patches are halved first, which brings them to about the spacing that
 * the network was trained at.
 */
final class PerceptualLoss {

  private static final int HALF = 2;
  private static final float FLOOR = 1e-3f;

  private final SegmentationNetwork frozen;
  private final ParameterStore store;

  PerceptualLoss(SegmentationNetwork frozen, ParameterStore store) {
    this.frozen = frozen;
    this.store = store;
  }

  /**
   * @param picture (B, 1, q, q'), normalised
   * @param truth (B, 1, q, q')
   * @return a scalar; null where the patches are too small for the network
   */
  NDArray of(NDArray picture, NDArray truth) {
    int multiple = HALF * SegmentationNetwork.MULTIPLE;
    long rows = truth.getShape().get(2) / multiple * multiple;
    long columns = truth.getShape().get(3) / multiple * multiple;
    if (rows == 0 || columns == 0) {
      return null;
    }
    List<NDArray> found = features(picture, rows, columns);
    List<NDArray> wanted = features(truth, rows, columns);
    NDArray sum = null;
    for (int level = 0; level < wanted.size(); level++) {
      NDArray expected = wanted.get(level).stopGradient();
      NDArray size = expected.abs().mean().add(FLOOR);
      NDArray difference = found.get(level).sub(expected).abs().mean().div(size);
      sum = sum == null ? difference : sum.add(difference);
    }
    return sum.div(wanted.size());
  }

  private List<NDArray> features(NDArray image, long rows, long columns) {
    NDArray cut = image.get(new NDIndex(":, :, :{}, :{}", rows, columns));
    NDArray half =
        Pool.avgPool2d(
            cut, new Shape(HALF, HALF), new Shape(HALF, HALF), new Shape(0, 0), false, true);
    // Without a reference, so that the picture alone is judged.
    NDArray input = half.concat(half.zerosLike(), 1).concat(half.zerosLike(), 1);
    return frozen.features(store, new NDList(input));
  }
}
