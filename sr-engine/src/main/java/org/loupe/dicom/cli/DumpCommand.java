package org.loupe.dicom.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.dicom.DicomJson;
import org.loupe.image.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dicom dump}: the elements of files as JSON. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    description =
        "Write the elements of each file as NAME.json, in the DICOM JSON model; binary values as"
            + " their length. A file that is damaged gives NAME.error too.")
public final class DumpCommand implements Callable<Integer> {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files, or folders of them")
  private List<Path> files;

  @Option(names = "--out", required = true, description = "folder for the results")
  private Path out;

  @Override
  public Integer call() throws IOException {
    return EachFile.run(
        files,
        out,
        spec.commandLine().getErr(),
        (file, stem) ->
            AtomicFile.write(
                Path.of(stem + ".json"), JSON.writeValueAsBytes(DicomJson.of(file.dataset()))));
  }
}
