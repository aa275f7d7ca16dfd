package org.loupe.viewer.viewport;

/**
 * How far a pane's super-resolution is.
 *
 * @param phase what is on the pane
 * @param progress part of the visible area that has arrived, 0 to 1
 * @param message reason of a failure; empty otherwise
 */
public record SrStatus(Phase phase, double progress, String message) {

  /** What is on the pane. */
  public enum Phase {
    /** Interpolation only, and nothing is being computed. */
    OFF,
    /** Interpolation and the tiles so far; the others are wanted. */
    RUNNING,
    /** Everything visible is super-resolved. */
    DONE,
    /** Interpolation, because super-resolution failed. */
    FAILED
  }

  static final SrStatus NONE = new SrStatus(Phase.OFF, 0, "");
  static final SrStatus ALL = new SrStatus(Phase.DONE, 1, "");
}
