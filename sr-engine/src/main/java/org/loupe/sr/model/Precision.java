package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The number format of the convolutions of encoder and segmentation network. Sums are always of 32
 * bits. On processors with bfloat16 instructions that format takes half the time; on others it is
 * emulated and takes several times as long. Linux tells of x86 processors which they are; of others
 * it is measured, once per process, which is no sure thing on a busy machine. {@link #PROPERTY}
 * names one instead: for results that are the same, bit for bit, in processes that could choose
 * differently.
 */
public enum Precision {
  SINGLE("6"),
  BFLOAT16("15");

  /** System property: {@code single} or {@code bfloat16}. */
  public static final String PROPERTY = "loupe.precision";

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

  /**
   * The format for a manager's device: on a GPU single precision.
   *
   * @throws IllegalArgumentException where the property names none
   */
  public static Precision of(NDManager manager) {
    if (manager.getDevice().isGpu()) {
      return SINGLE;
    }
    String wanted = System.getProperty(PROPERTY);
    return wanted == null ? ofProcessor(manager) : valueOf(wanted.toUpperCase(Locale.ROOT));
  }

  private static synchronized Precision ofProcessor(NDManager manager) {
    if (ofProcessor == null) {
      ofProcessor = told().orElseGet(() -> measured(manager));
    }
    return ofProcessor;
  }

  private static Optional<Precision> told() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return of(lines);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // not Linux
    }
  }

  /**
   * The format for an x86 processor; empty for others.
   *
   * @param lines what /proc/cpuinfo holds
   */
  static Optional<Precision> of(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(
            flags ->
                flags.contains(" avx512_bf16") || flags.contains(" amx_bf16") ? BFLOAT16 : SINGLE);
  }

  private static Precision measured(NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      return nanos(SINGLE, scratch) > WORTHWHILE * nanos(BFLOAT16, scratch) ? BFLOAT16 : SINGLE;
    }
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
