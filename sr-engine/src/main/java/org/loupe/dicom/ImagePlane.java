package org.loupe.dicom;

import java.io.IOException;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/** The place of pixels in the patient as DICOM writes it (PS3.3 C.7.6.2). */
public final class ImagePlane {

  private ImagePlane() {}

  /**
   * Image Position (Patient), Image Orientation (Patient) and Pixel Spacing of a plane.
   *
   * @throws IOException where the pixel axes are not perpendicular
   */
  public static void put(DatasetBuilder b, SlicePlane plane) throws IOException {
    position(b, plane);
    orientation(b, plane);
    spacing(b, plane);
  }

  /** Image Position (Patient). */
  public static void position(DatasetBuilder b, SlicePlane plane) {
    Vec3 p = plane.origin();
    b.numbers(Tag.IMAGE_POSITION, p.x(), p.y(), p.z());
  }

  /** Image Orientation (Patient). */
  public static void orientation(DatasetBuilder b, SlicePlane plane) throws IOException {
    Vec3 row = plane.columnStep().unit();
    Vec3 column = plane.rowStep().unit();
    if (Math.abs(row.dot(column)) > 1e-4) {
      throw new IOException("DICOM has no place for pixel axes that are not perpendicular");
    }
    b.numbers(Tag.IMAGE_ORIENTATION, row.x(), row.y(), row.z(), column.x(), column.y(), column.z());
  }

  /** Pixel Spacing. */
  public static void spacing(DatasetBuilder b, SlicePlane plane) {
    b.numbers(Tag.PIXEL_SPACING, plane.rowSpacing(), plane.columnSpacing());
  }
}
