package org.loupe.image;

import java.util.Arrays;

/** Order statistics of pixel values. */
public final class Statistics {

  private Statistics() {}

  /**
   * The value below which the given fraction of the pixels lies (nearest rank); pixels that are not
   * finite are left out.
   *
   * @param fraction 0 to 1
   * @return 0 where no pixel is finite
   */
  public static float percentile(Image2 image, double fraction) {
    float[] sorted = new float[image.values().length];
    int count = 0;
    for (float value : image.values()) {
      if (Float.isFinite(value)) {
        sorted[count++] = value;
      }
    }
    if (count == 0) {
      return 0;
    }
    Arrays.sort(sorted, 0, count);
    return sorted[(int) Math.min(count - 1, Math.round(fraction * (count - 1)))];
  }
}
