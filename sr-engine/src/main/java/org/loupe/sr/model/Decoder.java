package org.loupe.sr.model;

import java.util.Map;

/**
 * The thin head at output resolution, run per zoom and tile. Inputs, all (B, ., q, q'): base
 * interpolation (1), encoder features sampled at the output positions ({@link SrNetwork#SAMPLED}:
 * {@link SrNetwork#HIDDEN} features, then {@link SrNetwork#GUIDES} guidance coefficients),
 * reference features sampled there ({@link SrNetwork#GUIDES}). Output (B, 2, q, q'): the picture
 * and what {@link SrNetwork#logError} makes its expected absolute error of (scale of a Laplace
 * distribution).
 */
final class Decoder extends GraphBlock {

  Decoder() {
    super(
        "decoder",
        Map.of(
            "HIDDEN", Integer.toString(SrNetwork.HIDDEN),
            "GUIDES", Integer.toString(SrNetwork.GUIDES)));
    convolution("first", SrNetwork.GUIDES + 2, SrNetwork.HIDDEN, 3);
    convolution("second", SrNetwork.HIDDEN, SrNetwork.HIDDEN, 3);
    convolution("last", SrNetwork.HIDDEN, 2, 1, 0.3);
  }
}
