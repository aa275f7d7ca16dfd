package org.loupe.study;

import java.util.List;
import org.loupe.dicom.Frame;
import org.loupe.dicom.StoredView;

/**
 * What one file gave: a series of its own, frames of several, another object, a reason, or nothing
 * at all.
 *
 * @param nifti the series of a NIfTI file; null of others
 * @param frames the slices of a DICOM image
 * @param other a DICOM object that is no image; null of others
 * @param views of that object, where it is a presentation state; else none
 * @param labels of that object, where it is a segmentation of tissues; null of others
 * @param segmentation a segmentation or label map to be laid over images; null of others
 * @param keyImages that object's images, where it is a key object selection; else none
 * @param problem why it, or what it is for, could not be read; null where it could
 * @param leftOut why it is no image series although it was understood; null of others
 */
record Opened(
    SourceFile source,
    Series nifti,
    List<Frame> frames,
    DicomObject other,
    List<StoredView> views,
    TissueLabels labels,
    SegmentationOverlay segmentation,
    List<String> keyImages,
    Problem problem,
    Problem leftOut) {

  static Opened nothing(SourceFile source) {
    return new Opened(source, null, List.of(), null, List.of(), null, null, List.of(), null, null);
  }

  static Opened series(SourceFile source, Series nifti) {
    return new Opened(source, nifti, List.of(), null, List.of(), null, null, List.of(), null, null);
  }

  static Opened frames(SourceFile source, List<Frame> frames) {
    return new Opened(source, null, frames, null, List.of(), null, null, List.of(), null, null);
  }

  /**
   * @param views of the object, where it is a presentation state; else none
   * @param labels of the object, where it is a segmentation of tissues; null of others
   * @param segmentation the object to be laid over images, where it is a segmentation; null of
   *     others
   * @param keyImages of the object, where it is a key object selection; else none
   * @param problem why a segmentation cannot be laid over images; null of others
   */
  static Opened other(
      SourceFile source,
      DicomObject other,
      List<StoredView> views,
      TissueLabels labels,
      SegmentationOverlay segmentation,
      List<String> keyImages,
      Problem problem) {
    return new Opened(
        source, null, List.of(), other, views, labels, segmentation, keyImages, problem, null);
  }

  /**
   * @param labels a label map, to be laid over images
   */
  static Opened labelMap(SourceFile source, SegmentationOverlay labels) {
    return new Opened(
        source, null, List.of(), null, List.of(), null, labels, List.of(), null, null);
  }

  static Opened problem(SourceFile source, String reason) {
    Problem problem = new Problem(source.name(), reason);
    return new Opened(
        source, null, List.of(), null, List.of(), null, null, List.of(), problem, null);
  }

  static Opened leftOut(SourceFile source, String reason) {
    Problem why = new Problem(source.name(), reason);
    return new Opened(source, null, List.of(), null, List.of(), null, null, List.of(), null, why);
  }
}
