package org.loupe.dcm4che.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.cli.AddedCommand;
import org.loupe.dicom.cli.EachFile;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dicom send}: stores files on an archive by C-STORE. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Store DICOM files on an archive (C-STORE).")
public final class SendCommand implements AddedCommand {

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions pacs;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files, or folders of them")
  private List<Path> paths;

  @Override
  public Integer call() throws IOException {
    List<Path> files = EachFile.files(paths);
    Map<String, Integer> failures = pacs.client(spec).store(files, Progress.NONE);
    if (failures.isEmpty()) {
      spec.commandLine().getOut().printf("%d files stored%n", files.size());
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    }
    Map.Entry<String, Integer> first = failures.entrySet().iterator().next();
    throw new IOException(
        "%d of %d files were not taken: instance %s, status %04XH"
            .formatted(failures.size(), files.size(), first.getKey(), first.getValue()));
  }
}
