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

  /**
   * An image sampled at {@code h} x {@code w} even positions through its lowest {@code bandH} x
   * {@code bandW} frequencies, as far as both lattices hold them.
   */
  NDArray resampled(NDArray image, int h, int w, int bandH, int bandW, NDManager user) {
    int height = (int) image.getShape().get(0);
    int width = (int) image.getShape().get(1);
    return apply(
        rows(height, Math.min(bandH, Math.min(height, h)), h, 0, h, user),
        image,
        rows(width, Math.min(bandW, Math.min(width, w)), w, 0, w, user));
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
