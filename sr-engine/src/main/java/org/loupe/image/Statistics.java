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

  /**
   * What a slice is divided by before a network sees it: its 99.5th percentile, or a quarter of its
   * maximum where that is larger (slices that are empty but for a few pixels), so that nothing
   * exceeds 4; 1 where nothing is positive.
   */
  public static float normal(Image2 slice) {
    float normal = Math.max(percentile(slice, 0.995), percentile(slice, 1) / 4);
    return normal > 0 ? normal : 1;
  }
}
