package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.sr.cli.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dicom store}: sends files to a server by STOW-RS. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = "Store DICOM files on a DICOMweb server.")
public final class StoreCommand implements Callable<Integer> {

  /** Files of one request. */
  private static final int AT_ONCE = 50;

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files, or folders of them")
  private List<Path> paths;

  @Override
  public Integer call() throws IOException {
    List<Path> files = EachFile.files(paths);
    Map<String, Integer> failures = new LinkedHashMap<>();
    try (DicomWebClient client = server.open(spec)) {
      for (int n = 0; n < files.size(); n += AT_ONCE) {
        failures.putAll(client.store(files.subList(n, Math.min(files.size(), n + AT_ONCE))));
      }
    }
    if (failures.isEmpty()) {
      spec.commandLine().getOut().printf("%d files stored%n", files.size());
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    }
    Map.Entry<String, Integer> first = failures.entrySet().iterator().next();
    throw new IOException(
        "%d of %d files were not taken: instance %s, reason %d"
            .formatted(failures.size(), files.size(), first.getKey(), first.getValue()));
  }
}
