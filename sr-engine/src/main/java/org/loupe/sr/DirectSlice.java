package org.loupe.sr;

import java.lang.foreign.Arena;
import org.loupe.image.Image2;

/**
 * What {@link DirectDecoder} needs of a prepared slice.
 *
 * @param features the encoder's maps: features, then guidance coefficients
 * @param guides the reference's maps
 * @param target rows of the normalised target
 * @param arena owner of the maps' memory
 */
record DirectSlice(MapPlanes features, MapPlanes guides, float[][] target, Arena arena)
    implements AutoCloseable {

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

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
