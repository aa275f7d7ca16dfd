package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * The number format of the encoder's convolutions. Sums are always of 32 bits. On processors with
 * bfloat16 instructions that format takes half the time; on others it is emulated and takes several
 * times as long, so the choice is measured, once per process.
 */
public enum Precision {
  SINGLE("6"),
  BFLOAT16("15");

  /** How much faster the smaller format must be to be used: far from both cases met. */
  private static final double WORTHWHILE = 1.25;

  private static final int RUNS = 6;

  private static Precision ofProcessor;

  private final String literal;

  Precision(String literal) {
    this.literal = literal;
  }

  /** The number of the type in TorchScript. */
  String literal() {
    return literal;
  }

  /** The format for a manager's device: on a GPU single precision. */
  public static Precision of(NDManager manager) {
    return manager.getDevice().isGpu() ? SINGLE : ofProcessor(manager);
  }

  private static synchronized Precision ofProcessor(NDManager manager) {
    if (ofProcessor == null) {
      try (NDManager scratch = manager.newSubManager()) {
        ofProcessor =
            nanos(SINGLE, scratch) > WORTHWHILE * nanos(BFLOAT16, scratch) ? BFLOAT16 : SINGLE;
      }
    }
    return ofProcessor;
  }

  /** Shortest time of a 3x3 convolution of 64 to 64 channels. */
  private static long nanos(Precision precision, NDManager scratch) {
    Graph graph = Graph.load("convolution", Map.of("TYPE", precision.literal), scratch);
    NDArray x = scratch.ones(new Shape(1, 64, 64, 64));
    NDArray weight = scratch.ones(new Shape(64, 64, 3, 3));
    NDArray bias = scratch.zeros(new Shape(64));
    long best = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      try (NDArray y = graph.run(List.of(x), List.of(weight, bias))) {
        y.getFloat(0, 0, 0, 0);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }
}
