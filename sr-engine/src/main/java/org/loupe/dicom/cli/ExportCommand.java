package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.image.Image2;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.cli.EngineOptions;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.OutputSize;
import org.loupe.sr.cli.UpscaleInput;
import org.loupe.study.SourceImages;
import org.loupe.study.SrDerivation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dicom export}: a super-resolved series as derived DICOM images. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Super-resolve a T2 series in its planes and write it as a derived MR series of the same"
            + " study. Not for diagnostic use.")
public final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

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

  @ArgGroup(multiplicity = "1")
  private OutputSize size;

  @Option(names = "--slice", paramLabel = "K", description = "only this slice, counted from 0")
  private Integer slice;

  @Mixin private EngineOptions engine;

  @Mixin private AnonymiseOptions anonymise;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder for IM0001.dcm, IM0002.dcm, ...")
  private Path out;

  @Override
  public Integer call() throws IOException {
    UpscaleInput input;
    int[] shape;
    try {
      size.check();
      input = UpscaleInput.read(target, reference, null, UpscaleInput.Acquired.AUTO);
      shape = size.of(input);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    if (slice != null && (slice < 0 || slice >= input.depth())) {
      throw wrong("--slice: %d is not one of the %d slices".formatted(slice, input.depth()));
    }
    List<Path> paths = reference == null ? List.of(target) : List.of(target, reference);
    SourceImages images =
        SourceImages.find(
            paths,
            reference == null
                ? List.of(input.target())
                : List.of(input.target(), input.reference()),
            anonymise.change());
    int first = slice == null ? 0 : slice;
    int end = slice == null ? input.depth() : slice + 1;
    List<DerivedMr.Slice> slices = new ArrayList<>();
    DerivedMr.Derivation derivation;
    try (SuperResolver resolver = engine.open()) {
      for (int k = first; k < end; k++) {
        try (SliceFeatures features = resolver.prepare(input.slice(k))) {
          Image2 pixels = resolver.upscale(features, shape[0], shape[1], true);
          slices.add(images.derived(pixels, input.target(), k, input.reference()));
        }
      }
      derivation = SrDerivation.of(slices.get(0), input.reference(), resolver.info());
    }
    List<DicomDataset> datasets = DerivedMr.datasets(slices, derivation);
    DerivedMr.write(out, datasets);
    spec.commandLine()
        .getOut()
        .printf(
            "%d images of %d x %d, series %s%n",
            datasets.size(),
            shape[0],
            shape[1],
            datasets.get(0).string(org.loupe.dicom.Tag.SERIES_INSTANCE_UID));
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
