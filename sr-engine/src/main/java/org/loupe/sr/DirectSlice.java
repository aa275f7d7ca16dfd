package org.loupe.sr;

import org.loupe.image.Image2;

/**
 * What {@link DirectDecoder} needs of a prepared slice, on the Java heap.
 *
 * @param features the encoder's maps: features, then guidance coefficients
 * @param guides the reference's maps
 * @param target rows of the normalised target
 */
record DirectSlice(MapPlanes features, MapPlanes guides, float[][] target) {

  static float[][] rows(Image2 image) {
    float[][] rows = new float[image.height()][image.width()];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(image.values(), row * image.width(), rows[row], 0, image.width());
    }
    return rows;
  }

  /** Memory held, in bytes. */
  long bytes() {
    return features.bytes() + guides.bytes() + 4L * target.length * target[0].length;
  }
}
