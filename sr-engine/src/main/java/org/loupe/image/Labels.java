package org.loupe.image;

/** Label maps: whole numbers in an image. */
public final class Labels {

  private Labels() {}

  /**
   * The most probable class of each point; 0 is the background, which has the rest.
   *
   * @param tissues probabilities of tissues 1, 2, ..., one map after the other
   */
  public static Image2 mostProbable(float[] tissues, int w, int h) {
    int count = tissues.length / (w * h);
    Image2 labels = new Image2(w, h);
    for (int i = 0; i < w * h; i++) {
      float background = 1;
      for (int t = 0; t < count; t++) {
        background -= tissues[t * w * h + i];
      }
      float most = background;
      for (int t = 0; t < count; t++) {
        if (tissues[t * w * h + i] > most) {
          most = tissues[t * w * h + i];
          labels.values()[i] = t + 1;
        }
      }
    }
    return labels;
  }
}
