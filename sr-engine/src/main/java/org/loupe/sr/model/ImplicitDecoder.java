package org.loupe.sr.model;

import java.util.Map;

/**
 * The implicit decoding function of Dual-ArbNet at output resolution: features of both contrasts,
 * refined layer by layer by residual convolutions and attention over channels and places, multiply
 * sines of an embedding of the output pixel's place, in turns. Inputs: target maps (B, 2 hidden +
 * hidden, q, q'), reference maps (B, 2 hidden, q, q'), coordinates (B, 4, q, q'). Output (B, 1, q,
 * q'), 0 to 1.
 */
final class ImplicitDecoder extends GraphBlock {

  static final int COORDINATES = 4;

  /** Convolutions of a layer's residual block; the graph counts on it. */
  static final int CONVOLUTIONS = 4;

  private static final int REDUCTION = 16;

  ImplicitDecoder(int hidden, int layers) {
    super(
        "implicit-decoder",
        Map.of(
            "HIDDEN", Integer.toString(hidden),
            "BOTH", Integer.toString(2 * hidden),
            "LAYERS", Integer.toString(layers)));
    int both = 2 * hidden;
    int squeezed = Math.max(1, both / REDUCTION);
    for (int i = 0; i < layers; i++) {
      String layer = "layer" + i;
      if (i > 0) {
        convolution(layer + "mix", both, both, 1);
      }
      for (int c = 0; c < CONVOLUTIONS; c++) {
        convolution(layer + "residual" + c, both, both, 3);
      }
      convolution(layer + "squeeze", both, squeezed, 1);
      convolution(layer + "expand", squeezed, both, 1);
      convolution(layer + "place", 2, 1, 3);
      convolution(layer + "query", i == 0 ? COORDINATES : hidden, hidden, 1);
    }
    convolution("last", hidden, 1, 1);
    convolution("branch1", hidden, hidden, 1);
    convolution("branch2", hidden, 1, 1);
  }
}
