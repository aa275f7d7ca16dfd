package org.loupe.dicom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.sr.cli.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dicom query}: searches a server by QIDO-RS. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description =
        "Search a DICOMweb server for studies, or for the series of a study. Patients are not"
            + " named, but in the JSON.")
public final class QueryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions server;

  @Mixin private QueryOptions query;

  @Override
  public Integer call() throws IOException {
    Map<String, String> wanted = new LinkedHashMap<>(query.keys());
    String study = query.study();
    wanted.put("limit", Integer.toString(query.limit()));
    wanted.put("includefield", study == null ? "StudyDescription" : "SeriesDescription");
    List<JsonNode> matches;
    try (DicomWebClient client = server.open(spec)) {
      matches = client.query(study == null ? "studies" : "studies/" + study + "/series", wanted);
    }
    query.show(matches, spec.commandLine().getOut());
    return ExitStatus.DONE;
  }
}
