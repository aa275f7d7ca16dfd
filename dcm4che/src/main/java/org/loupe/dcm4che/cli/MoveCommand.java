package org.loupe.dcm4che.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.loupe.dcm4che.dimse.DimseClient;
import org.loupe.dcm4che.dimse.StorageScp;
import org.loupe.dicom.cli.AddedCommand;
import org.loupe.dicom.cli.RetrieveOptions;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dicom move}: has an archive send a study here, by C-MOVE. */
@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    description =
        "Have an archive send a study, or one of its series, into a folder (C-MOVE). The archive"
            + " must know our title with this machine's address and port.")
public final class MoveCommand implements AddedCommand {

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions pacs;

  @Mixin private ListenOptions listen;

  @Mixin private RetrieveOptions wanted;

  @Override
  public Integer call() throws IOException {
    Set<Path> files = ConcurrentHashMap.newKeySet();
    DimseClient.Moved moved;
    try (StorageScp here =
        StorageScp.open(
            listen.node(spec, pacs.title()),
            Set.of(pacs.node().title()),
            wanted.out(),
            files::add)) {
      moved =
          pacs.client(spec)
              .move(wanted.study(), wanted.series(), here.node().title(), Progress.NONE);
    }
    if (moved.failed() > 0) {
      int all = moved.failed() + moved.completed();
      throw new IOException("%d of %d instances did not come".formatted(moved.failed(), all));
    }
    spec.commandLine().getOut().printf("%d files in %s%n", files.size(), wanted.out());
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
