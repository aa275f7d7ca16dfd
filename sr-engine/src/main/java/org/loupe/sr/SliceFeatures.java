package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.loupe.image.Image2;

/**
 * What {@link SuperResolver#prepare} computed of one slice, in native memory: everything that does
 * not depend on the zoom. Owned by whoever asked for it, who closes it; used on the thread of its
 * engine only.
 */
public final class SliceFeatures implements AutoCloseable {

  private final NDManager manager;
  final SliceInput input;

  /** Units of the target per unit of the normalised slice. */
  final float scale;

  /** (h, w): the normalised target. */
  final NDArray low;

  /** (1, SAMPLED, 2h, 2w): encoder features, two per target pixel. */
  final NDArray features;

  /** (1, GUIDES, H, W): reference features on the reference's lattice; 1 x 1 without one. */
  final NDArray guides;

  private final SlicePrior prior;

  /**
   * (h, w): what the picture, brought back to the target's band, lacks against the measured slice;
   * added to every view, so that views agree with the measurement. Null until it is known.
   */
  NDArray residual;

  SliceFeatures(
      NDManager manager,
      SliceInput input,
      float scale,
      NDArray low,
      NDArray features,
      NDArray guides,
      SlicePrior prior) {
    this.manager = manager;
    this.input = input;
    this.scale = scale;
    this.low = low;
    this.features = features;
    this.guides = guides;
    this.prior = prior;
    low.attach(manager);
    features.attach(manager);
    guides.attach(manager);
  }

  void setResidual(NDArray residual) {
    residual.attach(manager);
    this.residual = residual;
  }

  /** The tissue maps that guided the slice. */
  public SlicePrior prior() {
    return prior;
  }

  /** The slice that was prepared. */
  public Image2 target() {
    return input.target();
  }

  /** Native memory held, in bytes. */
  public long bytes() {
    return 4 * (low.size() * 2 + features.size() + guides.size());
  }

  @Override
  public void close() {
    manager.close();
  }
}
