package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.loupe.image.Image2;

/**
 * What {@link SuperResolver#prepare} computed of one slice, in native memory or beside it:
 * everything that does not depend on the zoom. Owned by whoever asked for it, who closes it; used
 * on the thread of its engine only.
 */
public final class SliceFeatures implements AutoCloseable {

  private final NDManager manager;

  /** What the model saw: the slice on its acquired lattice, turned as the model knows slices. */
  final SliceInput input;

  private Image2 stored;

  /** Whether {@link #input} has rows for the columns of the stored slice. */
  private boolean turned;

  /** How it was prepared. */
  Passes passes = Passes.ONE;

  /** What prepared it, and decodes it. */
  Backend backend;

  /** The same slice, prepared by what took the place of a backend that failed; null without. */
  private SliceFeatures replacement;

  /** Units of the target per unit of the normalised slice. */
  final float scale;

  /** (h, w): the normalised target; null for a decoder without the engine. */
  final NDArray low;

  /**
   * What a decoder without the engine keeps of the slice, and then of its mirror image where that
   * was asked for; empty where the engine decodes.
   */
  final List<DirectSlice> direct;

  /** What the model keeps of the slice in native memory, in an order of its own. */
  final NDList maps;

  private final SlicePrior prior;

  /**
   * (h, w): what the picture, brought back to the target's band, lacks against the measured slice;
   * added to every view, so that views agree with the measurement. Null until it is known, and for
   * a decoder without the engine.
   */
  NDArray residual;

  /** The same for a decoder without the engine. */
  float[][] residualRows;

  /** Whether pictures get the residual. */
  boolean tied = true;

  SliceFeatures(
      NDManager manager,
      SliceInput input,
      float scale,
      NDArray low,
      NDList maps,
      List<DirectSlice> direct,
      SlicePrior prior) {
    this.manager = manager;
    this.input = input;
    stored = input.target();
    this.scale = scale;
    this.low = low;
    this.maps = maps;
    this.direct = direct;
    this.prior = prior;
    if (low != null) {
      low.attach(manager);
    }
    maps.attach(manager);
  }

  void setResidual(NDArray missing) {
    if (direct.isEmpty()) {
      missing.attach(manager);
      residual = missing;
    } else {
      residualRows = DirectSlice.rows(SlicePreparer.image(missing));
    }
  }

  /**
   * Says which slice views are tied to.
   *
   * @param slice the slice as it is stored, over the field of view of what was prepared
   * @param transposed whether what was prepared has rows for its columns
   */
  void setStored(Image2 slice, boolean transposed) {
    stored = slice;
    turned = transposed;
  }

  /** The slice on its acquired lattice, the way round that it is stored. */
  SliceInput acquired() {
    return turned ? input.transposed() : input;
  }

  /** A rectangle, normalised; the view is on the acquired lattice. */
  SuperResolver.Decoded decode(View view) {
    return turned
        ? backend.decode(this, view.transposed()).transposed()
        : backend.decode(this, view);
  }

  /** The tissue maps that guided the slice; null where the model is guided by none. */
  public SlicePrior prior() {
    if (prior == null) {
      return null;
    }
    SlicePrior own = turned ? prior.transposed() : prior;
    return new SlicePrior(
        own.csf(),
        own.gm(),
        own.wm(),
        own.columnRatio() * stored.width() / acquiredWidth(),
        own.rowRatio() * stored.height() / acquiredHeight());
  }

  /** The slice that was prepared, as it is stored: views are tied to its pixels. */
  public Image2 target() {
    return stored;
  }

  /** Columns of the acquired lattice, the way round that the slice is stored. */
  int acquiredWidth() {
    return turned ? input.target().height() : input.target().width();
  }

  /** Its rows. */
  int acquiredHeight() {
    return turned ? input.target().width() : input.target().height();
  }

  /** A view on the stored lattice as one on the acquired lattice: the same output pixels. */
  View onAcquired(View view) {
    return new View(
        view.columnStep() * acquiredWidth() / stored.width(),
        view.rowStep() * acquiredHeight() / stored.height(),
        view.x(),
        view.y(),
        view.width(),
        view.height());
  }

  /** What is to be decoded: this, or what replaced it. */
  SliceFeatures current() {
    return replacement == null ? this : replacement.current();
  }

  void replaceBy(SliceFeatures other) {
    replacement = other;
  }

  /** Memory held, in bytes. */
  public long bytes() {
    long lattice = 4L * input.target().values().length;
    long withTarget =
        direct.isEmpty()
            ? 4 * maps.stream().mapToLong(NDArray::size).sum() + lattice
            : direct.stream().mapToLong(DirectSlice::bytes).sum();
    return input.bytes() + withTarget + lattice;
  }

  @Override
  public void close() {
    if (replacement != null) {
      replacement.close();
    }
    direct.forEach(DirectSlice::close);
    manager.close();
  }
}
