package org.loupe.sr;

import org.loupe.image.Image2;

/**
 * The tissue probabilities (0 to 1) that guided a slice, on the prior's own lattice: map pixel (c,
 * r) lies at target lattice position (c * columnRatio, r * rowRatio).
 *
 * @param columnRatio map pixel width over target pixel width
 * @param rowRatio map pixel height over target pixel height
 */
public record SlicePrior(Image2 csf, Image2 gm, Image2 wm, double columnRatio, double rowRatio) {

  SlicePrior transposed() {
    return new SlicePrior(
        csf.transposed(), gm.transposed(), wm.transposed(), rowRatio, columnRatio);
  }
}
