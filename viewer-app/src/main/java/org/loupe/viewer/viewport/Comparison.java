package org.loupe.viewer.viewport;

/** What a pane shows: one picture of its place, or two compared ({@link PicturePair}). */
public enum Comparison {
  /** Super-resolved wherever it has arrived. */
  SUPER_RESOLVED,
  /** Interpolated only. Tiles that are there stay, so that the way back is immediate. */
  ORIGINAL,
  /** The first picture on one side of a divider, the second one on the other. */
  WIPE,
  /** The two pictures by turns. */
  BLINK,
  /** The second picture less the first, in colours with a sign. */
  DIFFERENCE;

  /** Whether two pictures are compared. */
  public boolean ofTwo() {
    return this != SUPER_RESOLVED && this != ORIGINAL;
  }
}
