package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.Study;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.export.AnnotationObjects;
import org.loupe.viewer.export.Written;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.MeasurementFile;
import org.loupe.viewer.prefs.UserFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loupe annotations}: what was measured and marked in the viewer, as DICOM. */
@Command(
    name = "annotations",
    description =
        "Writes the measurements of DICOM studies as structured reports (TID 1500), their key"
            + " images as key object selections, and both as presentation states.",
    mixinStandardHelpOptions = true)
final class AnnotationsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "DICOM folders, files or zips.")
  private List<Path> paths;

  @Option(
      names = "--measurements",
      paramLabel = "FOLDER",
      description = "Where the viewer keeps measurements; the user's own when left out.")
  private Path measurements;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "For the objects.")
  private Path out;

  @Override
  public Integer call() throws CommandFailure {
    ViewCommand.check(paths);
    Path folder =
        measurements == null ? UserFolder.standard().resolve("measurements") : measurements;
    try {
      Loaded loaded = new StudyLoader().load(paths, Progress.NONE);
      List<Measurement> all = new ArrayList<>();
      List<String> keys = new ArrayList<>();
      for (Study study : loaded.studies()) {
        MeasurementFile.Content kept =
            MeasurementFile.read(MeasurementFile.of(folder, study.id()), study.id());
        all.addAll(kept.measurements());
        keys.addAll(kept.keyImages());
      }
      Written written =
          AnnotationObjects.write(
              loaded.allSeries(), new MeasurementFile.Content(all, keys), paths, out);
      if (written.files().isEmpty()) {
        throw new CommandFailure(
            ExitStatus.UNREADABLE_INPUT,
            written.leftOut() > 0
                ? "nothing is measured or marked on DICOM images of these studies"
                : "nothing is measured or marked in these studies");
      }
      if (written.leftOut() > 0) {
        spec.commandLine()
            .getErr()
            .println("left out, as they lie on no DICOM image of these: " + written.leftOut());
      }
      written.files().forEach(file -> spec.commandLine().getOut().println(file));
      return ExitStatus.DONE;
    } catch (IOException e) {
      throw new CommandFailure(ExitStatus.UNREADABLE_INPUT, e.getMessage());
    }
  }
}
