package org.loupe.dcm4che.cli;

import java.io.IOException;
import org.loupe.dicom.cli.AddedCommand;
import org.loupe.dicom.cli.QueryOptions;
import org.loupe.sr.cli.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dicom find}: searches an archive by C-FIND. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    description =
        "Search an archive for studies, or for the series of a study (C-FIND). Patients are not"
            + " named, but in the JSON.")
public final class FindCommand implements AddedCommand {

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions pacs;

  @Mixin private QueryOptions query;

  @Override
  public Integer call() throws IOException {
    query.show(
        pacs.client(spec).find(query.study(), query.keys(), query.limit(), () -> false),
        spec.commandLine().getOut());
    return ExitStatus.DONE;
  }
}
