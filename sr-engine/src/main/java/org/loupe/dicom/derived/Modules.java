package org.loupe.dicom.derived;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Uids;

/** The modules that everything Loupe writes has in common (PS3.3 annex C). */
final class Modules {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  /** C.7.1.1: type 2 elements, and what else is taken over. */
  private static final int[] PATIENT = {
    Tag.PATIENT_NAME, Tag.PATIENT_ID, Tag.PATIENT_BIRTH_DATE, Tag.PATIENT_SEX
  };

  private static final int[] PATIENT_MORE = {
    Tag.ISSUER_OF_PATIENT_ID,
    Tag.ETHNIC_GROUP,
    Tag.PATIENT_IDENTITY_REMOVED,
    Tag.DEIDENTIFICATION_METHOD,
    Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE,
    Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED,
    Tag.PATIENT_AGE,
    Tag.PATIENT_SIZE,
    Tag.PATIENT_WEIGHT
  };

  /** C.7.2.1. */
  private static final int[] STUDY = {
    Tag.STUDY_DATE, Tag.STUDY_TIME, Tag.REFERRING_PHYSICIAN_NAME, Tag.STUDY_ID, Tag.ACCESSION_NUMBER
  };

  private static final int[] STUDY_MORE = {
    Tag.STUDY_DESCRIPTION, Tag.PROCEDURE_CODE_SEQUENCE, Tag.TIMEZONE_OFFSET_FROM_UTC
  };

  private Modules() {}

  /** Local time of now, to the second. */
  static LocalDateTime now() {
    return LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
  }

  /** DA. */
  static String date(LocalDateTime when) {
    return DATE.format(when);
  }

  /** TM. */
  static String time(LocalDateTime when) {
    return TIME.format(when);
  }

  /** Patient and study of a source image. */
  static void patientAndStudy(DatasetBuilder b, FrameTags tags) {
    b.text(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192");
    for (int tag : PATIENT) {
      b.empty(tag);
    }
    for (int tag : STUDY) {
      b.empty(tag);
    }
    tags.copyTo(b, PATIENT);
    tags.copyTo(b, PATIENT_MORE);
    tags.copyTo(b, STUDY);
    tags.copyTo(b, STUDY_MORE);
    b.text(Tag.STUDY_INSTANCE_UID, tags.string(Tag.STUDY_INSTANCE_UID));
  }

  /** A new series of a study (C.7.3.1). */
  static void series(
      DatasetBuilder b, String modality, Series series, int instance, LocalDateTime when) {
    b.text(Tag.MODALITY, modality)
        .text(Tag.SERIES_INSTANCE_UID, series.uid())
        .numbers(Tag.SERIES_NUMBER, series.number())
        .text(Tag.SERIES_DESCRIPTION, shortened(series.description(), 64))
        .text(Tag.SERIES_DATE, date(when))
        .text(Tag.SERIES_TIME, time(when))
        .text(Tag.INSTANCE_CREATION_DATE, date(when))
        .text(Tag.INSTANCE_CREATION_TIME, time(when))
        .numbers(Tag.INSTANCE_NUMBER, instance);
  }

  /** When the content came to be. */
  static void content(DatasetBuilder b, LocalDateTime when) {
    b.text(Tag.CONTENT_DATE, date(when)).text(Tag.CONTENT_TIME, time(when));
  }

  /**
   * A series to be written.
   *
   * @param uid Series Instance UID
   */
  record Series(String uid, int number, String description) {
    static Series of(int number, String description) {
      return new Series(Uids.random(), number, description);
    }
  }

  /** The equipment that made the object: this program (C.7.5.1, C.7.5.2). */
  static void equipment(DatasetBuilder b) {
    b.text(Tag.MANUFACTURER, Software.MANUFACTURER)
        .text(Tag.MANUFACTURER_MODEL_NAME, Software.MODEL_NAME)
        .text(Tag.DEVICE_SERIAL_NUMBER, "none")
        .text(Tag.SOFTWARE_VERSIONS, Software.VERSION);
  }

  static void sop(DatasetBuilder b, String sopClass, String instanceUid) {
    b.text(Tag.SOP_CLASS_UID, sopClass).text(Tag.SOP_INSTANCE_UID, instanceUid);
  }

  /** Whose scanner acquired the source (purpose 109101), with what its files say of it. */
  static DicomDataset acquisitionEquipment(FrameTags source) {
    DatasetBuilder b =
        new DatasetBuilder()
            .codes(
                Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE,
                Code.dcm("109101", "Acquisition Equipment"));
    String manufacturer = source.string(Tag.MANUFACTURER);
    b.text(Tag.MANUFACTURER, manufacturer.isEmpty() ? "unknown" : manufacturer);
    source.copyTo(
        b,
        Tag.INSTITUTION_NAME,
        Tag.STATION_NAME,
        Tag.MANUFACTURER_MODEL_NAME,
        Tag.DEVICE_SERIAL_NUMBER,
        Tag.SOFTWARE_VERSIONS);
    return b.build();
  }

  /** Where the referenced images lie: their series and instances (C.12.2). */
  static void commonInstanceReference(DatasetBuilder b, String studyUid, List<SourceImage> images) {
    List<SourceImage> own = images.stream().filter(i -> i.studyUid().equals(studyUid)).toList();
    if (!own.isEmpty()) {
      b.items(Tag.REFERENCED_SERIES_SEQUENCE, seriesItems(own, Tag.REFERENCED_INSTANCE_SEQUENCE));
    }
    List<DicomDataset> others = new ArrayList<>();
    byStudy(images)
        .forEach(
            (uid, list) -> {
              if (!uid.equals(studyUid)) {
                others.add(
                    new DatasetBuilder()
                        .text(Tag.STUDY_INSTANCE_UID, uid)
                        .items(
                            Tag.REFERENCED_SERIES_SEQUENCE,
                            seriesItems(list, Tag.REFERENCED_INSTANCE_SEQUENCE))
                        .build());
              }
            });
    if (!others.isEmpty()) {
      b.items(Tag.STUDIES_CONTAINING_OTHER_REFERENCED_INSTANCES_SEQUENCE, others);
    }
  }

  /** The evidence of a document: studies, series, instances (C.17.2). */
  static List<DicomDataset> evidence(List<SourceImage> images) {
    List<DicomDataset> items = new ArrayList<>();
    byStudy(images)
        .forEach(
            (uid, list) ->
                items.add(
                    new DatasetBuilder()
                        .text(Tag.STUDY_INSTANCE_UID, uid)
                        .items(
                            Tag.REFERENCED_SERIES_SEQUENCE,
                            seriesItems(list, Tag.REFERENCED_SOP_SEQUENCE))
                        .build()));
    return items;
  }

  private static Map<String, List<SourceImage>> byStudy(List<SourceImage> images) {
    Map<String, List<SourceImage>> studies = new LinkedHashMap<>();
    images.forEach(i -> studies.computeIfAbsent(i.studyUid(), k -> new ArrayList<>()).add(i));
    return studies;
  }

  /** An item for each series, its instances in a sequence of the given tag, each once. */
  private static List<DicomDataset> seriesItems(List<SourceImage> images, int instances) {
    Map<String, Map<String, DicomDataset>> series = new LinkedHashMap<>();
    for (SourceImage i : images) {
      series
          .computeIfAbsent(i.seriesUid(), k -> new LinkedHashMap<>())
          .putIfAbsent(
              i.instanceUid(),
              new DatasetBuilder()
                  .text(Tag.REFERENCED_SOP_CLASS_UID, i.sopClass())
                  .text(Tag.REFERENCED_SOP_INSTANCE_UID, i.instanceUid())
                  .build());
    }
    List<DicomDataset> items = new ArrayList<>();
    series.forEach(
        (uid, list) ->
            items.add(
                new DatasetBuilder()
                    .text(Tag.SERIES_INSTANCE_UID, uid)
                    .items(instances, List.copyOf(list.values()))
                    .build()));
    return items;
  }

  /**
   * A dimension of a multi-frame object (C.7.6.17).
   *
   * @param pointer the attribute that frames are indexed by
   * @param group the functional group that holds it
   */
  record Dimension(int pointer, int group, String label) {}

  /** The dimensions of a multi-frame object, in one organisation. */
  static void dimensions(DatasetBuilder b, Dimension... all) {
    String uid = Uids.random();
    List<DicomDataset> items = new ArrayList<>();
    for (Dimension d : all) {
      items.add(
          new DatasetBuilder()
              .text(Tag.DIMENSION_ORGANIZATION_UID, uid)
              .tags(Tag.DIMENSION_INDEX_POINTER, d.pointer())
              .tags(Tag.FUNCTIONAL_GROUP_POINTER, d.group())
              .text(Tag.DIMENSION_DESCRIPTION_LABEL, d.label())
              .build());
    }
    b.items(
            Tag.DIMENSION_ORGANIZATION_SEQUENCE,
            new DatasetBuilder().text(Tag.DIMENSION_ORGANIZATION_UID, uid).build())
        .items(Tag.DIMENSION_INDEX_SEQUENCE, items);
  }

  /** Text that fits a VR's length; a cut one ends with an ellipsis. */
  static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
