package org.loupe.dcm4che.dimse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.loupe.dicom.DicomJson;
import org.loupe.dicom.DicomReader;

/** What is asked for and answered by C-FIND and C-MOVE: data sets of keys (PS3.4 C.2.2.1). */
final class Identifier {

  private static final List<Integer> OF_STUDIES =
      List.of(
          Tag.StudyInstanceUID,
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.StudyDescription,
          Tag.ModalitiesInStudy,
          Tag.PatientName,
          Tag.PatientID,
          Tag.NumberOfStudyRelatedSeries,
          Tag.NumberOfStudyRelatedInstances);

  private static final List<Integer> OF_SERIES =
      List.of(
          Tag.SeriesInstanceUID,
          Tag.SeriesNumber,
          Tag.SeriesDescription,
          Tag.Modality,
          Tag.NumberOfSeriesRelatedInstances);

  private Identifier() {}

  /**
   * The keys of a query, and the attributes that are wanted back.
   *
   * @param studyUid null for studies
   */
  static Attributes query(String studyUid, Map<String, String> keys) throws DimseException {
    Attributes wanted = new Attributes();
    wanted.setString(Tag.QueryRetrieveLevel, VR.CS, studyUid == null ? "STUDY" : "SERIES");
    for (int tag : studyUid == null ? OF_STUDIES : OF_SERIES) {
      wanted.setNull(tag, ElementDictionary.vrOf(tag, null));
    }
    if (keys.values().stream().anyMatch(value -> !isAscii(value))) {
      wanted.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    }
    for (Map.Entry<String, String> key : keys.entrySet()) {
      int tag = tag(key.getKey());
      wanted.setString(tag, ElementDictionary.vrOf(tag, null), key.getValue());
    }
    if (studyUid != null) {
      wanted.setString(Tag.StudyInstanceUID, VR.UI, uid(studyUid));
    }
    return wanted;
  }

  /**
   * The keys of a retrieval.
   *
   * @param seriesUid null for all series
   */
  static Attributes retrieval(String studyUid, String seriesUid) throws DimseException {
    Attributes wanted = new Attributes();
    wanted.setString(Tag.QueryRetrieveLevel, VR.CS, seriesUid == null ? "STUDY" : "SERIES");
    wanted.setString(Tag.StudyInstanceUID, VR.UI, uid(studyUid));
    if (seriesUid != null) {
      wanted.setString(Tag.SeriesInstanceUID, VR.UI, uid(seriesUid));
    }
    return wanted;
  }

  /** An answer in the DICOM JSON model: as a file in memory it goes through our own reader. */
  static JsonNode json(Attributes answer) throws IOException {
    Attributes meta = new Attributes();
    meta.setString(Tag.TransferSyntaxUID, VR.UI, UID.ExplicitVRLittleEndian);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(meta, answer);
    }
    return DicomJson.of(DicomReader.builtIn().read(bytes.toByteArray()).dataset());
  }

  private static int tag(String key) throws DimseException {
    int tag =
        key.matches("[0-9A-Fa-f]{8}")
            ? Integer.parseUnsignedInt(key, 16)
            : ElementDictionary.tagForKeyword(key, null);
    if (tag == -1) {
      throw new DimseException("\"" + key + "\" is no attribute's keyword or tag");
    }
    return tag;
  }

  private static String uid(String text) throws DimseException {
    if (!Uid.isValid(text)) {
      throw new DimseException("\"" + text + "\" is no UID");
    }
    return text;
  }

  private static boolean isAscii(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }
}
