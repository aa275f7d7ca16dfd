package org.loupe.viewer.viewport;

/** Pictures of one place that can be compared with one another. */
public enum Picture {
  /** The acquired pixels as they are: every device pixel has the value of the nearest one. */
  ACQUIRED,
  /** The acquired pixels, interpolated with the pane's kernel. */
  INTERPOLATED,
  /** Super-resolved wherever it has been computed, interpolated elsewhere. */
  RESOLVED,
  /** Super-resolved by the same model from T2 alone, without the reference. */
  UNGUIDED,
  /** Super-resolved by the other model. */
  OTHER_MODEL,
  /** Another series of the same frame of reference, cut along the slice's plane. */
  OTHER;

  /** Whether a model made it. */
  public boolean isResolved() {
    return this == RESOLVED || this == UNGUIDED || this == OTHER_MODEL;
  }
}
