package org.loupe.dicom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.Tag;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.image.AtomicFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a search is for, whichever way a server is asked, and how its matches are shown. */
public final class QueryOptions {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Parameters(
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "what must match, such as PatientID=4711, StudyDate=20260101-, PatientName=Do*")
  private Map<String, String> keys = new LinkedHashMap<>();

  @Option(names = "--study", paramLabel = "UID", description = "list the series of this study")
  private String study;

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "N",
      description = "at most so many (${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--json", paramLabel = "OUT", description = "file for the matches as they came")
  private Path json;

  /** Attributes by keyword or tag, with the values to match. */
  public Map<String, String> keys() {
    return keys;
  }

  /** The study whose series are wanted; null for studies. */
  public String study() {
    return study;
  }

  /** Most matches. */
  public int limit() {
    return limit;
  }

  /** Shows matches, in the DICOM JSON model, one a line. */
  public void show(List<JsonNode> matches, PrintWriter out) throws IOException {
    for (JsonNode match : matches) {
      out.println(study == null ? studyLine(match) : seriesLine(match));
    }
    out.flush();
    if (json != null) {
      AtomicFile.write(json, JSON.writeValueAsBytes(matches));
    }
  }

  private static String studyLine(JsonNode match) {
    return "%s  %-8s  %s  %s"
        .formatted(
            DicomWebClient.value(match, Tag.STUDY_INSTANCE_UID),
            DicomWebClient.value(match, Tag.STUDY_DATE),
            DicomWebClient.value(match, Tag.MODALITIES_IN_STUDY),
            DicomWebClient.value(match, Tag.STUDY_DESCRIPTION));
  }

  private static String seriesLine(JsonNode match) {
    return "%s  %s  %s  %s"
        .formatted(
            DicomWebClient.value(match, Tag.SERIES_INSTANCE_UID),
            DicomWebClient.value(match, Tag.SERIES_NUMBER),
            DicomWebClient.value(match, Tag.MODALITY),
            DicomWebClient.value(match, Tag.SERIES_DESCRIPTION));
  }
}
