package org.loupe.dicom.derived;

import java.util.ArrayList;
import java.util.List;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.Dictionary;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/**
 * An image that others are derived from.
 *
 * @param tags its attributes, without pixels
 * @param sopClass SOP Class UID
 * @param instanceUid SOP Instance UID
 * @param frame frame of a multi-frame image, 1-based; 0 where the image has one frame
 * @param lossy whether its pixels were compressed with a loss
 */
public record SourceImage(
    FrameTags tags, String sopClass, String instanceUid, int frame, boolean lossy) {

  /** Study Instance UID. */
  public String studyUid() {
    return tags.string(Tag.STUDY_INSTANCE_UID);
  }

  /** Series Instance UID. */
  public String seriesUid() {
    return tags.string(Tag.SERIES_INSTANCE_UID);
  }

  /**
   * Where its pixels lie, by its attributes.
   *
   * @throws IllegalArgumentException where they do not say it
   */
  public SlicePlane plane() {
    double[] p = numbers(Tag.IMAGE_POSITION, 3);
    double[] o = numbers(Tag.IMAGE_ORIENTATION, 6);
    double[] s = numbers(Tag.PIXEL_SPACING, 2);
    return new SlicePlane(
        new Vec3(p[0], p[1], p[2]),
        new Vec3(o[0], o[1], o[2]).unit().times(s[1]),
        new Vec3(o[3], o[4], o[5]).unit().times(s[0]),
        (int) numbers(Tag.COLUMNS, 1)[0],
        (int) numbers(Tag.ROWS, 1)[0]);
  }

  private double[] numbers(int tag, int count) {
    double[] values = tags.numbers(tag);
    if (values.length < count) {
      throw new IllegalArgumentException("an image without " + Dictionary.describe(tag));
    }
    return values;
  }

  /** What names this image in a sequence of references (PS3.3 table 10-3). */
  DatasetBuilder reference() {
    DatasetBuilder b =
        new DatasetBuilder()
            .text(Tag.REFERENCED_SOP_CLASS_UID, sopClass)
            .text(Tag.REFERENCED_SOP_INSTANCE_UID, instanceUid);
    return frame > 0 ? b.numbers(Tag.REFERENCED_FRAME_NUMBER, frame) : b;
  }

  /** The same as a source of derived pixels (PS3.3 C.7.6.1.1.4). */
  DicomDataset source(Code purpose) {
    return reference()
        .text(Tag.SPATIAL_LOCATIONS_PRESERVED, "NO")
        .codes(Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, purpose)
        .build();
  }

  /** Distinct images by their frames. */
  static List<SourceImage> distinct(List<SourceImage> images) {
    List<SourceImage> distinct = new ArrayList<>();
    for (SourceImage image : images) {
      boolean known =
          distinct.stream()
              .anyMatch(d -> d.instanceUid.equals(image.instanceUid) && d.frame == image.frame);
      if (!known) {
        distinct.add(image);
      }
    }
    return distinct;
  }
}
