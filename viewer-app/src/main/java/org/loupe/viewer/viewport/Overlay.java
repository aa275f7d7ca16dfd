package org.loupe.viewer.viewport;

/** Maps that tell how far super-resolved pixels can be trusted, laid over the image. */
public enum Overlay {
  NONE,
  /** The model's expected absolute error. */
  EXPECTED_ERROR,
  /** What the model added: super-resolved less interpolated. */
  ADDED,
  /** What the reference changed: absolute difference of the results with it and without it. */
  GUIDANCE;

  /** Whether its values have a sign. */
  boolean signed() {
    return this == ADDED;
  }
}
