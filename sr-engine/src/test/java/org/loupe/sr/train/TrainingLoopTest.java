package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {

  private static final double MINUTES = 0.02;

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  /** Brings one weight to 2, with batches now and then that give no number. */
  private float trained(int usable, int unusable) throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Linear block = Linear.builder().setUnits(1).optBias(false).build();
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
      NDArray weight = block.getParameters().valueAt(0).getArray();
      int[] batches = {0};
      TrainingLoop.Step step =
          batch -> {
            NDArray error = weight.sub(2f);
            error.attach(batch);
            NDArray loss = error.mul(error).sum();
            boolean none = batches[0]++ % (usable + unusable) >= usable;
            NDArray shown = none ? loss.mul(Float.NaN) : loss;
            return new TrainingLoop.Loss(shown, shown.add(1f));
          };
      new TrainingLoop(block, manager, folder.resolve("checkpoint"), MINUTES, 0.1f, false, log::add)
          .run(step);
      return weight.getFloat(0);
    }
  }

  @Test
  void goesOnPastBatchesThatGiveNoNumber() throws IOException {
    assertEquals(2, trained(10, 3), 0.2);
    assertTrue(log.stream().anyMatch(line -> line.contains("without a finite")), log.toString());
    assertTrue(log.stream().noneMatch(line -> line.contains("diverged")), log.toString());
  }

  @Test
  void goesBackWhereTooManyGiveNone() throws IOException {
    float weight = trained(10, 30);
    assertTrue(Float.isFinite(weight));
    assertTrue(log.stream().anyMatch(line -> line.contains("diverged")), log.toString());
  }
}
