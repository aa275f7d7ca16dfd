package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.loupe.image.AxisMatrix;

/**
 * Position of a patch along one axis of a slice: low-resolution pixel i lies at high-resolution row
 * {@code i * size / low}.
 *
 * @param size high-resolution pixels of the slice
 * @param low its low-resolution pixels
 * @param from first low-resolution pixel of the patch
 * @param count low-resolution pixels of the patch
 * @param out first high-resolution pixel that is computed
 * @param outCount high-resolution pixels that are computed
 */
record PatchAxis(int size, int low, int from, int count, int out, int outCount) {

  /** Low-resolution pixels of a patch before the first that is computed. */
  static final int MARGIN = 2;

  /** Null where a patch does not fit. */
  static PatchAxis random(
      int size, double factor, int outCount, int patch, RandomGenerator random) {
    int low = (int) Math.rint(size / factor);
    if (low < patch) {
      return null;
    }
    int from = random.nextInt(low - patch + 1);
    int out = (int) Math.ceil((from + MARGIN) * (double) size / low);
    return out + outCount > size ? null : new PatchAxis(size, low, from, patch, out, outCount);
  }

  double ratio() {
    return (double) size / low;
  }

  /** (1, outCount, 2 count): the output pixels on the encoder's features, two per low pixel. */
  NDArray features(NDManager manager) {
    double step = 2 / ratio();
    double start = out * step - 2 * from;
    return linear(AxisMatrix.positions(start, step, outCount), 2 * count, manager);
  }

  /** (count, samples): the low-resolution pixels on a lattice of so many samples over the slice. */
  NDArray onLattice(long samples, NDManager manager) {
    double step = (double) samples / low;
    float[] matrix =
        AxisMatrix.linear(AxisMatrix.positions(from * step, step, count), (int) samples);
    return manager.create(matrix, new Shape(count, samples));
  }

  /** (1, positions, size) weights of linear interpolation. */
  static NDArray linear(double[] positions, int size, NDManager manager) {
    return manager.create(AxisMatrix.linear(positions, size), new Shape(1, positions.length, size));
  }
}
