package org.loupe.sr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.study.CaseFolders;
import org.loupe.study.Loaded;
import org.loupe.study.Problem;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sr cases}: makes case folders of studies. */
@Command(
    name = "cases",
    mixinStandardHelpOptions = true,
    description =
        "Write studies (DICOM or NIfTI) as the case folders that train and bench read: T2, and the"
            + " contrasts of its frame of reference on its grid. Patients are numbered, not named.")
public final class CasesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "folders, files, zip archives")
  private List<Path> paths;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "new folder of cases")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out)) {
      throw new ParameterException(spec.commandLine(), "--out: " + out + " exists already");
    }
    for (Path path : paths) {
      if (!Files.isReadable(path)) {
        throw new IOException(path + ": no such file or folder");
      }
    }
    Loaded loaded = new StudyLoader().load(paths, Progress.NONE);
    PrintWriter writer = spec.commandLine().getOut();
    int cases = CaseFolders.write(loaded.studies(), out, writer::println);
    for (Problem problem : loaded.problems()) {
      writer.println("not read: " + problem.source() + ": " + problem.reason());
    }
    writer.flush();
    if (cases == 0) {
      throw new IOException("no study has a T2 and a T1, PD or FLAIR in its frame of reference");
    }
    return ExitStatus.DONE;
  }
}
