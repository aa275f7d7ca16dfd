package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.dicom.web.Retrieval;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dicom retrieve}: fetches a study from a server by WADO-RS. */
@Command(
    name = "retrieve",
    mixinStandardHelpOptions = true,
    description =
        "Retrieve a study, or one of its series, from a DICOMweb server. Files that the folder"
            + " already holds are not fetched again.")
public final class RetrieveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions server;

  @Mixin private RetrieveOptions wanted;

  @Override
  public Integer call() throws IOException {
    try (DicomWebClient client = server.open(spec)) {
      List<Path> files =
          new Retrieval(client).run(wanted.study(), wanted.series(), wanted.out(), Progress.NONE);
      spec.commandLine().getOut().printf("%d files in %s%n", files.size(), wanted.out());
      spec.commandLine().getOut().flush();
    }
    return ExitStatus.DONE;
  }
}
