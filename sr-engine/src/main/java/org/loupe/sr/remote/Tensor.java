package org.loupe.sr.remote;

import java.util.Arrays;

/**
 * An array of float32 numbers with its name in a model.
 *
 * @param values row by row, the last axis fastest
 */
public record Tensor(String name, long[] shape, float[] values) {

  public Tensor {
    if (size(shape) != values.length) {
      throw new IllegalArgumentException(
          "%s: %d values for %s".formatted(name, values.length, Arrays.toString(shape)));
    }
  }

  /** Number of values of a shape. */
  static long size(long[] shape) {
    long size = 1;
    for (long axis : shape) {
      size = Math.multiplyExact(size, axis);
    }
    return size;
  }
}
