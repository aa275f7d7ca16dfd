package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import org.loupe.image.AxisMatrix;

/**
 * The band-limiting matrices that training uses again and again, in native memory. What is returned
 * lives in the caller's manager; the cache lives in the one it was made with.
 */
final class AxisMatrices {

  private record Key(int size, int band, int samples) {}

  private final NDManager manager;
  private final Map<Key, NDArray> cache = new HashMap<>();

  AxisMatrices(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Rows {@code from ... from + count} of the matrix that samples a signal of {@code size} at
   * {@code samples} even positions through its {@code band} lowest frequencies.
   *
   * @return (count, size)
   */
  NDArray rows(int size, int band, int samples, int from, int count, NDManager user) {
    NDArray full =
        cache.computeIfAbsent(
            new Key(size, band, samples),
            key -> {
              double[] positions = AxisMatrix.positions(0, (double) size / samples, samples);
              float[] matrix = AxisMatrix.bandLimited(positions, size, band);
              return manager.create(matrix, new Shape(samples, size));
            });
    NDArray rows = full.get(new NDIndex("{}:{}", from, from + count));
    rows.attach(user);
    return rows;
  }

  /** {@code rows * image * columns^T} where columns are given as rows too. */
  static NDArray apply(NDArray rows, NDArray image, NDArray columns) {
    NDArray half = rows.matMul(image);
    NDArray transposed = columns.transpose();
    NDArray result = half.matMul(transposed);
    half.close();
    transposed.close();
    return result;
  }
}
