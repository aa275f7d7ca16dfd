package org.loupe.dicom.cli;

import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.loupe.sr.cli.SrCli;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loupe dicom}: what DICOM files hold, and results as DICOM. */
@Command(
    name = "loupe dicom",
    mixinStandardHelpOptions = true,
    description = "Shows what DICOM files hold, and writes results as DICOM.",
    modelTransformer = DicomCli.Added.class,
    subcommands = {
      ListCommand.class,
      DumpCommand.class,
      PixelsCommand.class,
      ExportCommand.class,
      SegCommand.class,
      AnonymiseCommand.class,
      QueryCommand.class,
      RetrieveCommand.class,
      StoreCommand.class
    })
public final class DicomCli implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Adds the commands of other jars. */
  static final class Added implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec commands) {
      for (AddedCommand command : ServiceLoader.load(AddedCommand.class)) {
        commands.addSubcommand(null, new CommandLine(command));
      }
      return commands;
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; see loupe dicom --help");
  }

  public static void main(String[] args) {
    System.exit(SrCli.run(new DicomCli(), args));
  }
}
