package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.Test;
import org.loupe.image.Fixtures;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SegmentationNetwork;

class PerceptualLossTest {

  private static NDArray pattern(int size, int seed, NDManager manager) {
    float[] values = Fixtures.pattern(size, size, seed).values();
    return manager.create(values, new Shape(1, 1, size, size));
  }

  @Test
  void comparesWhatTheFrozenNetworkSees() {
    try (NDManager manager = NDManager.newBaseManager()) {
      SegmentationNetwork frozen = new SegmentationNetwork(4);
      ModelPackage.initialize(frozen, manager);
      ModelPackage.freeze(frozen);
      PerceptualLoss loss = new PerceptualLoss(frozen, new ParameterStore(manager, false));
      NDArray truth = pattern(53, 1, manager);
      NDArray other = pattern(53, 2, manager);
      assertEquals(0, loss.of(truth.duplicate(), truth).getFloat());
      assertNull(loss.of(pattern(15, 1, manager), pattern(15, 2, manager)));

      other.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray value = loss.of(other, truth);
        assertTrue(value.getFloat() > 0);
        collector.backward(value);
      }
      assertTrue(other.getGradient().abs().sum().getFloat() > 0);
    }
  }
}
