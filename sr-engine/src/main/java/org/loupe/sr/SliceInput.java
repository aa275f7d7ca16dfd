package org.loupe.sr;

import org.loupe.image.Image2;

/**
 * What the engine is given of one slice.
 *
 * @param key identity for caches: the target's and the reference's SOP instances and the prior
 * @param target the slice to super-resolve, in the units of its series
 * @param previous neighbouring slice on the target's lattice; null at the end of the stack
 * @param next neighbouring slice on the target's lattice; null at the end of the stack
 * @param reference the guiding contrast in the target's plane; null where there is none
 * @param labels the user's label map on the target's lattice (0 background, 1 CSF, 2 GM, 3 WM), in
 *     place of the segmentation network's prior; null where there is none
 * @param columnSpacing target pixel width, mm
 * @param rowSpacing target pixel height, mm
 */
public record SliceInput(
    String key,
    Image2 target,
    Image2 previous,
    Image2 next,
    Reference reference,
    Image2 labels,
    double columnSpacing,
    double rowSpacing) {

  /** The same slice on its own. */
  SliceInput withoutReference() {
    return new SliceInput(key, target, previous, next, null, labels, columnSpacing, rowSpacing);
  }

  /**
   * A reference image resampled into the target slice's plane at its own resolution. Its pixel (c,
   * r) lies at target lattice position (c * columnRatio, r * rowRatio): first centres coincide.
   *
   * @param columnRatio reference pixel width over target pixel width
   * @param rowRatio reference pixel height over target pixel height
   */
  public record Reference(Image2 image, double columnRatio, double rowRatio) {}
}
