package org.loupe.viewer.viewport;

/** What a pane shows of the acquired slice and its super-resolution. */
public enum Comparison {
  /** Super-resolved wherever it has arrived. */
  SUPER_RESOLVED,
  /** Interpolated only. Tiles that are there stay, so that the way back is immediate. */
  ORIGINAL,
  /** Interpolated left of a divider, super-resolved right of it. */
  WIPE
}
