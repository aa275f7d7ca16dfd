package org.loupe.viewer.viewport;

/** Two pictures that are compared: a difference is the second less the first. */
public record PicturePair(Picture first, Picture second) {

  /** What the model made of the interpolated image. */
  public static final PicturePair DEFAULT = new PicturePair(Picture.INTERPOLATED, Picture.RESOLVED);

  /** Whether a picture is one of the two. */
  public boolean has(Picture picture) {
    return first == picture || second == picture;
  }

  /** Whether a model made one of the two. */
  public boolean hasResolved() {
    return first.isResolved() || second.isResolved();
  }

  /** The pair the other way round. */
  public PicturePair swapped() {
    return new PicturePair(second, first);
  }
}
