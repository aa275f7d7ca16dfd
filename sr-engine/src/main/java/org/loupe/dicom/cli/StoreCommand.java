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

  @Mixin private SentFiles sent;

  @Override
  public Integer call() throws IOException {
    List<Path> files = sent.all();
    Map<String, Integer> failures = new LinkedHashMap<>();
    try (DicomWebClient client = server.open(spec)) {
      for (int n = 0; n < files.size(); n += AT_ONCE) {
        failures.putAll(client.store(files.subList(n, Math.min(files.size(), n + AT_ONCE))));
      }
    }
    SentFiles.report(files.size(), failures, spec.commandLine().getOut());
    return ExitStatus.DONE;
  }
}
