package org.loupe.dcm4che.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.loupe.dicom.cli.AddedCommand;
import org.loupe.dicom.cli.SentFiles;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dicom send}: stores files on an archive by C-STORE. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Store DICOM files on an archive (C-STORE).")
public final class SendCommand implements AddedCommand {

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions pacs;

  @Mixin private SentFiles sent;

  @Override
  public Integer call() throws IOException {
    List<Path> files = sent.all();
    SentFiles.report(
        files.size(), pacs.client(spec).store(files, Progress.NONE), spec.commandLine().getOut());
    return ExitStatus.DONE;
  }
}
