package org.loupe.viewer.viewport;

/** Pictures of one place that can be compared with one another. */
public enum Picture {
  /** The acquired pixels as they are: every device pixel has the value of the nearest one. */
  ACQUIRED,
  /** The acquired pixels, interpolated with the pane's kernel. */
  INTERPOLATED,
  /** Super-resolved wherever it has been computed, interpolated elsewhere. */
  RESOLVED,
  /** Another series of the same frame of reference, cut along the slice's plane. */
  OTHER
}
