package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.loupe.image.AxisMatrix;
import org.loupe.sr.model.SrNetwork;

/**
 * The part of the reference's lattice under a patch, along one axis.
 *
 * @param axis the patch's
 * @param ratio reference samples per high-resolution pixel
 * @param shift misalignment, reference samples
 * @param from first sample
 * @param count samples
 */
record ReferenceWindow(PatchAxis axis, double ratio, double shift, int from, int count) {

  /**
   * With a random misalignment.
   *
   * @param samples reference samples over the slice
   * @param nominalRatio high-resolution pixels per reference sample, before rounding
   * @param most largest misalignment, high-resolution pixels
   */
  static ReferenceWindow random(
      PatchAxis axis, int samples, double nominalRatio, double most, RandomGenerator random) {
    int size = axis.size();
    double ratio = (double) samples / size;
    double shift = Math.rint(random.nextDouble(-1, 1) * most) * ratio;
    if (samples == size) {
      int from = Math.clamp(axis.out() + (int) shift, 0, size - axis.outCount());
      return new ReferenceWindow(axis, 1, from - axis.out(), from, axis.outCount());
    }
    int count = (int) Math.ceil(axis.outCount() / nominalRatio) + 4;
    int from = (int) Math.floor(axis.out() * ratio + shift) - 1;
    return new ReferenceWindow(axis, ratio, shift, Math.clamp(from, 0, samples - count), count);
  }

  /** (1, output pixels, count): the output pixels on the window. */
  NDArray output(NDManager manager) {
    double start = axis.out() * ratio + shift - from;
    double[] positions = AxisMatrix.positions(start, ratio, axis.outCount());
    return PatchAxis.linear(positions, count, manager);
  }

  /** (FOLD x low-resolution pixels, size): see {@link SrNetwork#FOLD}, on the whole lattice. */
  NDArray folded(long size, NDManager manager) {
    double step = axis.ratio() * ratio / SrNetwork.FOLD;
    double start = axis.from() * axis.ratio() * ratio + shift;
    int samples = axis.count() * SrNetwork.FOLD;
    float[] matrix = AxisMatrix.cubic(AxisMatrix.positions(start, step, samples), step, (int) size);
    return manager.create(matrix, new Shape(samples, size));
  }
}
