package org.loupe.sr;

/**
 * How often a slice goes through the network. A network that learned from slices mirrored at random
 * still makes two pictures of a slice and its mirror image; their mean is nearer to the truth than
 * either, and knows left from right by the prior alone.
 */
public enum Passes {
  /** As it is: for views that somebody waits for. */
  ONE,
  /** As it is and mirrored, along the columns of the slice as the network sees it. */
  MIRRORED;

  /** Whether the slice is mirrored, of each pass. */
  boolean[] mirrored() {
    return this == ONE ? new boolean[] {false} : new boolean[] {false, true};
  }
}
