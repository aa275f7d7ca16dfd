package org.loupe.dcm4che.cli;

import java.io.IOException;
import org.loupe.dicom.cli.AddedCommand;
import org.loupe.sr.cli.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dicom echo}: asks an archive whether it is there, by C-ECHO. */
@Command(
    name = "echo",
    mixinStandardHelpOptions = true,
    description = "Ask an archive whether it is there (C-ECHO).")
public final class EchoCommand implements AddedCommand {

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions pacs;

  @Override
  public Integer call() throws IOException {
    pacs.client(spec).echo();
    spec.commandLine().getOut().printf("%s answers%n", pacs.node());
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
