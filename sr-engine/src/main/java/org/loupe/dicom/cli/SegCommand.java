package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.derived.DerivedSegmentation;
import org.loupe.dicom.derived.Processing;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.cli.EngineOptions;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.UpscaleInput;
import org.loupe.study.PriorSegments;
import org.loupe.study.SourceImages;
import org.loupe.study.SrDerivation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dicom seg}: the tissue prior of a series as a DICOM segmentation. */
@Command(
    name = "seg",
    mixinStandardHelpOptions = true,
    description =
        "Write the tissue prior that guides super-resolution, CSF, grey and white matter, as a"
            + " DICOM segmentation; sr upscale --prior reads it. Not for diagnostic use.")
public final class SegCommand implements Callable<Integer> {

  private enum Type {
    /** The most probable tissue of each pixel. */
    BINARY,
    /** Probabilities. */
    FRACTIONAL
  }

  @Spec private CommandSpec spec;

  @Mixin private GuidedSeries series;

  @Option(
      names = "--type",
      defaultValue = "BINARY",
      description = "binary or fractional (${DEFAULT-VALUE})")
  private Type type;

  @Mixin private EngineOptions engine;

  @Option(names = "--out", required = true, paramLabel = "FILE.dcm")
  private Path out;

  @Override
  public Integer call() throws IOException {
    UpscaleInput input = series.read();
    SourceImages images = series.images(input);
    List<DerivedSegmentation.Plane> planes = new ArrayList<>();
    Processing processing;
    try (SuperResolver resolver = engine.open()) {
      for (int k = 0; k < input.depth(); k++) {
        try (SliceFeatures features = resolver.prepare(input.slice(k))) {
          SlicePrior prior = features.prior();
          if (prior == null) {
            throw new ParameterException(
                spec.commandLine(), "--model: this model is guided by no tissue prior");
          }
          planes.add(
              PriorSegments.plane(
                  prior,
                  input.target().volume().plane(k),
                  images.sources(input.target(), k, input.reference())));
        }
      }
      processing = SrDerivation.processing(resolver.info());
    }
    DicomWriter.write(
        out,
        DerivedSegmentation.dataset(
            PriorSegments.SEGMENTS, planes, type == Type.BINARY, processing),
        TransferSyntax.EXPLICIT_LE);
    return ExitStatus.DONE;
  }
}
