package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;

/** One of the eight flips and transpositions of a slice. */
record Orientation(boolean transposed, boolean flippedRows, boolean flippedColumns) {

  static Orientation random(RandomGenerator random) {
    return new Orientation(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
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
