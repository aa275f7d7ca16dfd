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
import java.util.concurrent.Callable;
import org.loupe.dicom.Tag;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.image.AtomicFile;
import org.loupe.sr.cli.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dicom query}: searches a server by QIDO-RS. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description =
        "Search a DICOMweb server for studies, or for the series of a study. Patients are not"
            + " named, but in the JSON.")
public final class QueryCommand implements Callable<Integer> {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions server;

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

  @Override
  public Integer call() throws IOException {
    Map<String, String> wanted = new LinkedHashMap<>(keys);
    wanted.put("limit", Integer.toString(limit));
    wanted.put("includefield", study == null ? "StudyDescription" : "SeriesDescription");
    List<JsonNode> matches;
    try (DicomWebClient client = server.open(spec)) {
      matches = client.query(study == null ? "studies" : "studies/" + study + "/series", wanted);
    }
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode match : matches) {
      out.println(study == null ? studyLine(match) : seriesLine(match));
    }
    out.flush();
    if (json != null) {
      AtomicFile.write(json, JSON.writeValueAsBytes(matches));
    }
    return ExitStatus.DONE;
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
