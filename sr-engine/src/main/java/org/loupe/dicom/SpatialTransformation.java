package org.loupe.dicom;

import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/**
 * How an image is turned for the screen (PS3.3 C.10.6).
 *
 * @param rotation degrees clockwise, 0, 90, 180 or 270
 * @param flipped whether left and right are exchanged after the rotation
 */
public record SpatialTransformation(int rotation, boolean flipped) {

  /** What a presentation state says; an angle that is none of the four counts as 0. */
  static SpatialTransformation of(DicomDataset d) {
    int degrees = Math.floorMod(d.integer(Tag.IMAGE_ROTATION, 0), 360);
    return new SpatialTransformation(
        degrees % 90 == 0 ? degrees : 0, d.string(Tag.IMAGE_HORIZONTAL_FLIP).equals("Y"));
  }

  /** Whether rows of the image are columns of the screen. */
  boolean transposed() {
    return rotation == 90 || rotation == 270;
  }

  /** Direction in the patient that is to the right on the screen, unit vector. */
  public Vec3 right(SlicePlane image) {
    Vec3 across = image.columnStep().unit();
    Vec3 along = image.rowStep().unit();
    // Turned clockwise, what was up is to the right.
    Vec3 right =
        switch (rotation) {
          case 90 -> along.times(-1);
          case 180 -> across.times(-1);
          case 270 -> along;
          default -> across;
        };
    return flipped ? right.times(-1) : right;
  }

  /** Direction in the patient that is down on the screen, unit vector. */
  public Vec3 down(SlicePlane image) {
    Vec3 across = image.columnStep().unit();
    Vec3 along = image.rowStep().unit();
    return switch (rotation) {
      case 90 -> across;
      case 180 -> along.times(-1);
      case 270 -> across.times(-1);
      default -> along;
    };
  }
}
