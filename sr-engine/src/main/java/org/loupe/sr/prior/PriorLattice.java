package org.loupe.sr.prior;

import org.loupe.sr.model.SegmentationNetwork;

/**
 * The lattice the prior lives on: it covers the target slice's field of view with about {@link
 * #SPACING} per sample whatever the target's resolution, so that anatomy has one size for the
 * segmentation network. Sample i lies at target pixel {@code i * size / samples}.
 */
public final class PriorLattice {

  /** Millimetres between samples, before rounding to what the network can halve. */
  public static final double SPACING = 1.25;

  private PriorLattice() {}

  /**
   * Samples along an axis.
   *
   * @param size target pixels along the axis
   * @param spacing target pixel spacing, mm
   */
  public static int samples(int size, double spacing) {
    double wanted = size * spacing / SPACING / SegmentationNetwork.MULTIPLE;
    return Math.max(1, (int) Math.round(wanted)) * SegmentationNetwork.MULTIPLE;
  }
}
