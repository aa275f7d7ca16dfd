package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import org.loupe.image.PhaseAxis;

/** One of the eight flips and transpositions of a slice. */
record Orientation(boolean transposed, boolean flippedRows, boolean flippedColumns) {

  /** Share of slices that a model of known phase encoding sees upside down. */
  private static final double UPSIDE_DOWN = 0.15;

  /**
   * One of all, or of those in which a model sees slices that knows their axis of phase encoding.
   *
   * @param oriented whether the model knows it
   */
  static Orientation random(boolean oriented, PhaseAxis phase, RandomGenerator random) {
    return oriented ? random(phase, random) : random(random);
  }

  static Orientation random(RandomGenerator random) {
    return new Orientation(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
  }

  /**
   * One in which phase is encoded from column to column. Heads lie upright mostly, so that what
   * differs between front and back can be learnt: fat is shifted along the frequency axis.
   */
  static Orientation random(PhaseAxis phase, RandomGenerator random) {
    return new Orientation(
        phase == PhaseAxis.ROWS, random.nextDouble() < UPSIDE_DOWN, random.nextBoolean());
  }

  /** The image in this orientation, in the given manager; its last two axes are turned. */
  NDArray apply(NDArray image, NDManager manager) {
    int last = image.getShape().dimension() - 1;
    NDArray turned = transposed ? image.swapAxes(last - 1, last) : image.duplicate();
    turned.attach(manager);
    if (flippedRows) {
      turned = turned.flip(last - 1);
    }
    if (flippedColumns) {
      turned = turned.flip(last);
    }
    return turned;
  }
}
