package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.loupe.sr.cli.UpscaleInput;
import org.loupe.study.SourceImages;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of commands that make DICOM objects of a T2 series and what guides it. */
final class GuidedSeries {

  @Option(
      names = "--target",
      required = true,
      paramLabel = "FOLDER",
      description = "T2: a DICOM folder, file or zip")
  private Path target;

  @Option(
      names = "--reference",
      paramLabel = "FOLDER",
      description = "PD, T1 or FLAIR of the same patient; naming it confirms that they fit")
  private Path reference;

  @Mixin private AnonymiseOptions anonymise;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  UpscaleInput read() throws IOException {
    return UpscaleInput.read(target, reference, null, UpscaleInput.Acquired.AUTO);
  }

  /**
   * The images behind the series.
   *
   * @param input what {@link #read} read
   */
  SourceImages images(UpscaleInput input) throws IOException {
    return SourceImages.find(
        reference == null ? List.of(target) : List.of(target, reference),
        input.target(),
        input.reference(),
        anonymise.change(spec));
  }
}
