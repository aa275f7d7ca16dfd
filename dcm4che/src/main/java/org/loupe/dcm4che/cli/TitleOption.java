package org.loupe.dcm4che.cli;

import picocli.CommandLine.Option;

/** Who we are on the network. */
final class TitleOption {

  @Option(
      names = "--title",
      defaultValue = "LOUPE",
      paramLabel = "TITLE",
      description = "our AE title (${DEFAULT-VALUE})")
  private String title;

  String title() {
    return title;
  }
}
