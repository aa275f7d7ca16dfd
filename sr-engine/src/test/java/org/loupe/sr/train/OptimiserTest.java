package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
      Linear block = Linear.builder().setUnits(1).optBias(false).build();
      block.setInitializer(Initializer.ZEROS, Parameter.Type.WEIGHT);
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
      NDArray weight = block.getParameters().valueAt(0).getArray();
      Optimiser optimiser = new Optimiser(block, true, manager);
      for (double gradient : gradients) {
        try (NDManager batch = manager.newSubManager()) {
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = weight.mul(gradient).sum();
            loss.attach(batch);
            collector.backward(loss);
          }
          optimiser.step(0.01f, batch);
        }
      }
      assertEquals(adam(gradients, 0.01), weight.getFloat(0), 1e-4);
    }
  }
}
