package org.loupe.dcm4che.cli;

import org.loupe.dcm4che.dimse.DimseClient;
import org.loupe.dcm4che.dimse.DimseNode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Which archive, and who asks. */
final class NodeOptions {

  @Option(
      names = "--pacs",
      required = true,
      paramLabel = "TITLE@HOST:PORT",
      converter = Converter.class,
      description = "the archive: its AE title and address")
  private DimseNode node;

  @Mixin private TitleOption ours;

  /** Reads TITLE@HOST:PORT. */
  static final class Converter implements ITypeConverter<DimseNode> {
    @Override
    public DimseNode convert(String text) {
      try {
        return DimseNode.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  DimseNode node() {
    return node;
  }

  String title() {
    return ours.title();
  }

  /** The archive; a wrong title of ours is a wrong argument. */
  DimseClient client(CommandSpec spec) {
    try {
      return new DimseClient(node, title());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
