package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.loupe.image.AxisMatrix;
import org.loupe.sr.model.SrNetwork;

/**
 * The output positions of a piece along one axis: output pixel {@code from + i} lies at target
 * position {@code (from + i) * step}.
 */
record AxisSampling(double step, int from, int count, NDManager manager) {

  private static final double EXACT = 1e-6;

  /** (count, size): band-limited interpolation of the target. */
  NDArray bandLimited(long size) {
    float[] matrix =
        AxisMatrix.bandLimited(
            AxisMatrix.positions(from * step, step, count), (int) size, (int) size);
    return manager.create(matrix, new Shape(count, size));
  }

  /** The samples of a lattice that a piece needs, and its linear weights on them. */
  private record Window(int first, int size, NDArray weights) {}

  /**
   * @param ratio lattice spacing over target spacing
   */
  private Window window(long size, double ratio) {
    double start = from * step / ratio;
    double end = (from + count - 1) * step / ratio;
    int first = (int) Math.clamp((long) Math.floor(start), 0, size - 1);
    int last = (int) Math.clamp((long) Math.ceil(end) + 1, first, size - 1);
    boolean inside = start > -EXACT && end < size - 1 + EXACT;
    if (inside
        && Math.abs(step / ratio - 1) < EXACT
        && Math.abs(start - Math.rint(start)) < EXACT) {
      return new Window((int) Math.rint(start), count, null);
    }
    int samples = last - first + 1;
    float[] weights =
        AxisMatrix.linear(AxisMatrix.positions(start - first, step / ratio, count), samples);
    return new Window(first, samples, manager.create(weights, new Shape(count, samples)));
  }

  /**
   * Samples maps (1, C, h, w) at a piece's positions.
   *
   * @param rowRatio the maps' row spacing over the target's
   * @param columnRatio the maps' column spacing over the target's
   * @return (1, C, rows, columns), in the scratch manager
   */
  static NDArray sample(
      NDArray maps,
      AxisSampling rows,
      double rowRatio,
      AxisSampling columns,
      double columnRatio,
      NDManager scratch) {
    Window down = rows.window(maps.getShape().get(2), rowRatio);
    Window across = columns.window(maps.getShape().get(3), columnRatio);
    NDArray part =
        maps.get(
            new NDIndex(
                ":, :, {}:{}, {}:{}",
                down.first,
                down.first + down.size,
                across.first,
                across.first + across.size));
    part.attach(scratch);
    if (down.weights == null && across.weights == null) {
      return part;
    }
    NDArray downWeights = down.weights == null ? scratch.eye(down.size) : down.weights;
    NDArray acrossWeights = across.weights == null ? scratch.eye(across.size) : across.weights;
    return SrNetwork.sample(downWeights, part, acrossWeights.transpose());
  }
}
