package org.loupe.sr.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of the commands that measure a model on cases that the user names. */
final class NamedCases {

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of cases")
  Path data;

  @Option(names = "--cases", required = true, split = ",", paramLabel = "NAME")
  List<String> names;

  @Option(
      names = "--reference",
      defaultValue = "T1",
      description = "T1, PD, FLAIR or none (${DEFAULT-VALUE})")
  String reference;

  /** The folders of the cases. */
  List<Path> folders(OptionChecks checks) {
    checks.isFolder("--data", data);
    List<Path> folders = names.stream().map(data::resolve).toList();
    folders.forEach(folder -> checks.isFolder("--cases", folder));
    return folders;
  }
}
