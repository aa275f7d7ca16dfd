package org.loupe.viewer.pacs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.ShownValues;
import org.loupe.dicom.Tag;
import org.loupe.dicom.web.DicomWebClient;

/**
 * What studies are looked for; what is empty does not matter.
 *
 * @param patientName the name's start, or with * and ? anywhere
 * @param from first day of the studies; null for any
 * @param to last day; null for any
 * @param modality one that the study has
 */
public record StudySearch(
    String patientName,
    String patientId,
    String accession,
    String modality,
    LocalDate from,
    LocalDate to) {

  /** Most studies that are asked for. */
  public static final int MOST = 200;

  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

  /**
   * A study on the server.
   *
   * @param date as it is told, YYYYMMDD
   * @param modalities separated by spaces
   * @param images number of instances; empty where it is not told
   */
  public record StudyMatch(
      String uid,
      String patientName,
      String patientId,
      String birthDate,
      String date,
      String description,
      String modalities,
      String accession,
      String images) {}

  /** A series of a study on the server. */
  public record SeriesMatch(
      String studyUid,
      String uid,
      String number,
      String modality,
      String description,
      String images) {}

  /** The keys of the query (PS3.18 8.3.4, 10.6). */
  Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    put(keys, "PatientName", open(patientName));
    put(keys, "PatientID", patientId);
    put(keys, "AccessionNumber", accession);
    put(keys, "ModalitiesInStudy", modality);
    if (from != null || to != null) {
      String first = from == null ? "" : DATE.format(from);
      String last = to == null ? "" : DATE.format(to);
      keys.put("StudyDate", first.equals(last) ? first : first + "-" + last);
    }
    keys.put("includefield", "StudyDescription");
    keys.put("limit", Integer.toString(MOST));
    return keys;
  }

  /** What has no wild card of its own is the start of a name. */
  private static String open(String name) {
    String text = name.strip();
    return text.isEmpty() || text.matches(".*[*?].*") ? text : text + "*";
  }

  private static void put(Map<String, String> keys, String key, String value) {
    if (!value.isBlank()) {
      keys.put(key, value.strip());
    }
  }

  /** The studies, the newest first. */
  public List<StudyMatch> studies(DicomWebClient client) throws IOException {
    List<StudyMatch> studies = new ArrayList<>();
    for (JsonNode m : client.query("studies", keys())) {
      studies.add(
          new StudyMatch(
              DicomWebClient.value(m, Tag.STUDY_INSTANCE_UID),
              ShownValues.personName(DicomWebClient.value(m, Tag.PATIENT_NAME)),
              DicomWebClient.value(m, Tag.PATIENT_ID),
              DicomWebClient.value(m, Tag.PATIENT_BIRTH_DATE),
              DicomWebClient.value(m, Tag.STUDY_DATE),
              DicomWebClient.value(m, Tag.STUDY_DESCRIPTION),
              all(m, Tag.MODALITIES_IN_STUDY),
              DicomWebClient.value(m, Tag.ACCESSION_NUMBER),
              DicomWebClient.value(m, Tag.NUMBER_OF_STUDY_RELATED_INSTANCES)));
    }
    studies.sort(Comparator.comparing(StudyMatch::date).reversed());
    return studies;
  }

  /** The series of a study by their numbers. */
  public static List<SeriesMatch> series(DicomWebClient client, String studyUid)
      throws IOException {
    List<SeriesMatch> series = new ArrayList<>();
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("includefield", "SeriesDescription");
    String path = "studies/" + studyUid + "/series";
    for (JsonNode m : client.queryAll(path, keys, Tag.SERIES_INSTANCE_UID)) {
      series.add(
          new SeriesMatch(
              studyUid,
              DicomWebClient.value(m, Tag.SERIES_INSTANCE_UID),
              DicomWebClient.value(m, Tag.SERIES_NUMBER),
              DicomWebClient.value(m, Tag.MODALITY),
              DicomWebClient.value(m, Tag.SERIES_DESCRIPTION),
              DicomWebClient.value(m, Tag.NUMBER_OF_SERIES_RELATED_INSTANCES)));
    }
    series.sort(Comparator.comparingInt(s -> number(s.number())));
    return series;
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  private static String all(JsonNode match, int tag) {
    List<String> values = new ArrayList<>();
    match.path("%08X".formatted(tag)).path("Value").forEach(v -> values.add(v.asText()));
    return String.join(" ", values);
  }
}
