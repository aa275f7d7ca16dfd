package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.initializer.Initializer;
import org.junit.jupiter.api.Test;

class OptimiserTest {

  private static final double RATE = 0.01;

  /** The numbers of the Adam paper's algorithm 1, for one weight, in double precision. */
  private static double adam(double[] gradients, double rate) {
    double weight = 0;
    double mean = 0;
    double variance = 0;
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      mean = 0.9 * mean + 0.1 * g;
      variance = 0.999 * variance + 0.001 * g * g;
      double corrected = mean / (1 - Math.pow(0.9, t));
      weight -= rate * corrected / (Math.sqrt(variance / (1 - Math.pow(0.999, t))) + 1e-8);
    }
    return weight;
  }

  /** Gradients far above 1 of both signs: neither sign may be cut. */
  @Test
  void largeGradientsOfBothSignsCountAlike() {
    double[] gradients = new double[40];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = i % 2 == 0 ? 9 : -9;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      Linear block = oneWeight(manager);
      Optimiser optimiser = new Optimiser(block, true, manager);
      for (double gradient : gradients) {
        assertTrue(step(optimiser, weight(block), gradient, manager));
      }
      assertEquals(adam(gradients, RATE), weight(block).getFloat(0), 1e-4);
    }
  }

  /** A batch that gives no number is as if it had not been. */
  @Test
  void gradientsThatAreNotFiniteAreLeftOut() {
    double[] usable = {0.5, -0.25, 0.75, 0.5};
    double[] unusable = {Double.NaN, Double.POSITIVE_INFINITY};
    try (NDManager manager = NDManager.newBaseManager()) {
      Linear block = oneWeight(manager);
      Optimiser optimiser = new Optimiser(block, true, manager);
      for (double gradient : usable) {
        assertTrue(step(optimiser, weight(block), gradient, manager));
        for (double none : unusable) {
          assertFalse(step(optimiser, weight(block), none, manager));
        }
      }
      assertEquals(adam(usable, RATE), weight(block).getFloat(0), 1e-6);
      assertEquals(usable.length, optimiser.steps());
    }
  }

  private static Linear oneWeight(NDManager manager) {
    Linear block = Linear.builder().setUnits(1).optBias(false).build();
    block.setInitializer(Initializer.ZEROS, Parameter.Type.WEIGHT);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
    return block;
  }

  private static NDArray weight(Linear block) {
    return block.getParameters().valueAt(0).getArray();
  }

  private static boolean step(
      Optimiser optimiser, NDArray weight, double gradient, NDManager manager) {
    try (NDManager batch = manager.newSubManager()) {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray loss = weight.mul(gradient).sum();
        loss.attach(batch);
        collector.backward(loss);
      }
      return optimiser.step((float) RATE, batch);
    }
  }
}
