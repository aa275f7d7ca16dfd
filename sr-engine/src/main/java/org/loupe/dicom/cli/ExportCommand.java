package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.Tag;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.cli.EngineOptions;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.OutputSize;
import org.loupe.sr.cli.UpscaleInput;
import org.loupe.study.DerivedSeries;
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

  @Mixin private GuidedSeries series;

  @ArgGroup(multiplicity = "1")
  private OutputSize size;

  @Option(names = "--slice", paramLabel = "K", description = "only this slice, counted from 0")
  private Integer slice;

  @Mixin private EngineOptions engine;

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
      input = series.read();
      shape = size.of(input);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    if (slice != null && (slice < 0 || slice >= input.depth())) {
      throw wrong("--slice: %d is not one of the %d slices".formatted(slice, input.depth()));
    }
    int first = slice == null ? 0 : slice;
    int end = slice == null ? input.depth() : slice + 1;
    DerivedSeries derived =
        new DerivedSeries(input.target(), input.reference(), series.images(input));
    List<DicomDataset> datasets;
    try (SuperResolver resolver = engine.open()) {
      datasets = derived.datasets(resolver, input::slice, first, end, shape[0], shape[1]);
    }
    DerivedMr.write(out, datasets);
    spec.commandLine()
        .getOut()
        .printf(
            "%d images of %d x %d, series %s%n",
            datasets.size(), shape[0], shape[1], datasets.get(0).string(Tag.SERIES_INSTANCE_UID));
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
