package org.loupe.dcm4che.cli;

import org.loupe.dcm4che.dimse.DimseNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where instances are received. */
final class ListenOptions {

  @Option(
      names = "--port",
      defaultValue = "11112",
      paramLabel = "N",
      description = "our port, which the archive must know with our title (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--address",
      defaultValue = "0.0.0.0",
      paramLabel = "ADDRESS",
      description = "our address to listen on (${DEFAULT-VALUE}: all of this machine)")
  private String address;

  /** Ourselves; what cannot be listened on is a wrong argument. */
  DimseNode node(CommandSpec spec, String title) {
    try {
      return new DimseNode(title, address, port);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
