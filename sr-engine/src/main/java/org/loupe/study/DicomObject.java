package org.loupe.study;

import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.Tag;

/**
 * A DICOM object that is no image series: a segmentation, presentation state, key object, report,
 * or an image whose pixels or geometry Loupe does not show.
 *
 * @param source the file's name
 * @param kind what it is, in words
 * @param description Series Description or Content Label; may be empty
 */
public record DicomObject(
    String source,
    String studyUid,
    String seriesUid,
    String instanceUid,
    String sopClass,
    String modality,
    String kind,
    String description) {

  /** What a file holds. */
  static DicomObject of(String source, DicomFile file) {
    DicomDataset d = file.dataset();
    String label = d.string(Tag.CONTENT_LABEL);
    return new DicomObject(
        source,
        d.string(Tag.STUDY_INSTANCE_UID),
        d.string(Tag.SERIES_INSTANCE_UID),
        d.string(Tag.SOP_INSTANCE_UID),
        FrameReader.sopClass(file),
        d.string(Tag.MODALITY),
        kind(FrameReader.sopClass(file), d),
        label.isEmpty() ? d.string(Tag.SERIES_DESCRIPTION) : label);
  }

  private static String kind(String sopClass, DicomDataset d) {
    String storage = "1.2.840.10008.5.1.4.1.1.";
    String suffix = sopClass.startsWith(storage) ? sopClass.substring(storage.length()) : sopClass;
    return switch (suffix) {
      case "66.4" ->
          "segmentation, " + d.string(Tag.SEGMENTATION_TYPE).toLowerCase(java.util.Locale.ROOT);
      case "66" -> "raw data";
      case "66.1" -> "spatial registration";
      case "4.2" -> "MR spectroscopy";
      case "88.59" -> "key object selection";
      case "1.2.840.10008.1.3.10" -> "DICOMDIR";
      default ->
          suffix.startsWith("88.")
              ? "structured report"
              : suffix.startsWith("11.") ? "presentation state" : "other";
    };
  }
}
