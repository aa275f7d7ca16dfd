package org.loupe.viewer.viewport;

/**
 * What a pane compares of what there is. Where nothing is super-resolved, the interpolated picture
 * stands for each that a model would have made; two that are the same then are none to be compared.
 */
record Compared(Comparison comparison, PicturePair pair) {

  /**
   * @param settings what is wished for
   * @param resolved whether there are super-resolved pixels, or some are on their way
   */
  static Compared of(PaneSettings settings, boolean resolved) {
    Comparison comparison = settings.comparisonProperty().get();
    PicturePair pair = settings.pairProperty().get();
    if (resolved || !pair.hasResolved()) {
      return new Compared(comparison, pair);
    }
    PicturePair there = new PicturePair(there(pair.first()), there(pair.second()));
    boolean one = there.first() == there.second();
    return new Compared(one && comparison.ofTwo() ? Comparison.ORIGINAL : comparison, there);
  }

  private static Picture there(Picture picture) {
    return picture.isResolved() ? Picture.INTERPOLATED : picture;
  }
}
