package org.loupe.sr.model;

import java.util.Map;

/**
 * Features of the reference on its own lattice, once per slice. Input (B, 2, H, W): the reference
 * and what is left of it above the target's band; output (B, {@link SrNetwork#GUIDES}, H, W). The
 * last guide is that rest itself, so that the guidance starts as a guided filter with learned
 * coefficients: products of two learned factors alone would start at a saddle.
 */
final class ReferenceBranch extends GraphBlock {

  ReferenceBranch() {
    super("reference", Map.of());
    convolution("first", 2, SrNetwork.GUIDES, 3);
    convolution("second", SrNetwork.GUIDES, SrNetwork.GUIDES, 3);
    convolution("third", SrNetwork.GUIDES, SrNetwork.GUIDES - 1, 3);
  }
}
