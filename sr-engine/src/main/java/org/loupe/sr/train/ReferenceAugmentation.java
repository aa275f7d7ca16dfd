package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * Random changes of a reference slice's contrast, which make a model hold on scanners and contrasts
 * that it has not seen: PD-like mixtures with the target, gamma, inversion, gain, bias field.
 */
final class ReferenceAugmentation {

  private static final double PD_LIKE = 0.25;
  private static final double GAMMA = 0.3;
  private static final double INVERTED = 0.12;
  private static final double BIASED = 0.2;

  private final RandomGenerator random;

  ReferenceAugmentation(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param reference whole slice (h, w), about 0 to 1
   * @param target T2 of the same slice on the same lattice; PD shares its proton density
   */
  NDArray apply(NDArray reference, NDArray target, NDManager manager) {
    NDArray result = reference;
    if (random.nextDouble() < PD_LIKE) {
      result = pdLike(reference, target, manager);
    } else if (random.nextDouble() < GAMMA) {
      result = result.maximum(0).pow(random.nextDouble(0.6, 1.6));
    }
    if (random.nextDouble() < INVERTED) {
      result = result.neg().add(1);
    }
    if (random.nextDouble() < BIASED) {
      result = result.mul(bias(result.getShape(), manager));
    }
    return result.mul(random.nextDouble(0.8, 1.2));
  }

  /**
   * PD and T2 of a dual echo share the proton density and differ by the T2 decay: {@code a * T2^g +
   * b * reference^h} plus independent noise looks enough like it.
   */
  private NDArray pdLike(NDArray reference, NDArray target, NDManager manager) {
    double a = random.nextDouble(0.3, 0.8);
    double b = random.nextDouble(0.2, 0.7);
    NDArray own = target.maximum(0).pow(random.nextDouble(0.35, 0.9)).mul(a);
    NDArray other = reference.maximum(0).pow(random.nextDouble(0.6, 1.2)).mul(b);
    NDArray noise =
        manager.randomNormal(
            0, (float) random.nextDouble(0.005, 0.02), own.getShape(), own.getDataType());
    return own.add(other).add(noise).div(a + b);
  }

  /** A smooth multiplicative field: the exponential of a plane, at most about +-30 %. */
  NDArray bias(Shape shape, NDManager manager) {
    NDArray rows = ramp((int) shape.get(0), manager).reshape(shape.get(0), 1);
    NDArray columns = ramp((int) shape.get(1), manager).reshape(1, shape.get(1));
    return rows.matMul(columns);
  }

  private NDArray ramp(int size, NDManager manager) {
    double slope = random.nextDouble(-0.15, 0.15);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Math.exp(slope * (2.0 * i / size - 1));
    }
    return manager.create(values);
  }
}
