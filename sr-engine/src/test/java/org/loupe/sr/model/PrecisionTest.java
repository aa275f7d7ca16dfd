package org.loupe.sr.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrecisionTest {

  private static Optional<Precision> of(String... lines) {
    return Precision.of(Stream.of(lines));
  }

  @Test
  void theProcessorsFlagsDecide() {
    String model = "model name\t: some processor";
    assertEquals(
        Optional.of(Precision.BFLOAT16), of(model, "flags\t\t: fpu avx512f avx512_bf16 sse2"));
    assertEquals(Optional.of(Precision.BFLOAT16), of(model, "flags\t\t: fpu amx_bf16 amx_tile"));
    assertEquals(Optional.of(Precision.SINGLE), of(model, "flags\t\t: fpu avx512f avx2"));
    // Of other processors Linux has other words.
    assertEquals(Optional.empty(), of("Features\t: fp asimd bf16"));
  }
}
