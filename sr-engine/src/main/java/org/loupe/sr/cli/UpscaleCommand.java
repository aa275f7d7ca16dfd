package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Image2;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.Passes;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelManifest;
import org.loupe.study.Pairing;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sr upscale}: super-resolves the slices of a series in-plane and writes them. */
@Command(
    name = "upscale",
    mixinStandardHelpOptions = true,
    description =
        "Super-resolve a T2 series in its planes. Output sample i lies at input index i * in / out"
            + " along each axis, so the first sample centres coincide.")
public final class UpscaleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "FILE|FOLDER",
      description = "T2: NIfTI, or a DICOM file or folder")
  private Path target;

  @Option(
      names = "--reference",
      paramLabel = "FILE|FOLDER",
      description = "PD, T1 or FLAIR of the same patient; naming it confirms that they fit")
  private Path reference;

  @Option(
      names = "--prior",
      paramLabel = "LABELS",
      description =
          "label map (NIfTI: 0 background, 1 CSF, 2 GM, 3 WM) or DICOM segmentation of tissues")
  private Path prior;

  @ArgGroup(multiplicity = "1")
  private OutputSize size;

  @Option(names = "--slice", paramLabel = "K", description = "only this slice, counted from 0")
  private Integer slice;

  @Mixin private EngineOptions engine;

  private enum Switch {
    ON,
    OFF
  }

  @Option(
      names = "--consistency",
      defaultValue = "ON",
      description = "put the measured k-space back: on or off (${DEFAULT-VALUE})")
  private Switch consistency;

  @Option(
      names = "--acquired-grid",
      paramLabel = "auto|off",
      defaultValue = "AUTO",
      description =
          "auto: where the scanner stored more pixels than it measured, super-resolve from the"
              + " measured ones (see sr info --target); off: from the stored ones"
              + " (${DEFAULT-VALUE})")
  private UpscaleInput.Acquired acquired;

  @Option(
      names = "--passes",
      paramLabel = "one|mirrored",
      defaultValue = "MIRRORED",
      description =
          "mirrored: a slice and its mirror image, and the mean of both; one: the slice alone, in"
              + " half the time, as the viewer shows it, and as models of others always do"
              + " (${DEFAULT-VALUE})")
  private Passes passes;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT.nii.gz|OUT.png",
      description = "float32 NIfTI, or a picture of one slice")
  private Path out;

  @Override
  public Integer call() throws IOException {
    check();
    UpscaleInput input = UpscaleInput.read(target, reference, prior, acquired);
    int[] shape = shape(input);
    if (slice != null && (slice < 0 || slice >= input.depth())) {
      throw checks()
          .wrong("--slice: %d is not one of the %d slices".formatted(slice, input.depth()));
    }
    int first = slice == null ? 0 : slice;
    int count = slice == null ? input.depth() : 1;
    if (isPicture() && count > 1) {
      throw checks().wrong("a picture holds one slice of the " + count + ": give --slice");
    }
    Map<String, Integer> unguided = new LinkedHashMap<>();
    try (SuperResolver resolver = engine.open();
        ProgressBar bar = progress(count)) {
      warnBeyond(resolver.info().manifest(), factor(input, shape));
      NiftiWriter.Slices slices =
          k -> {
            Pairing.Paired paired = input.pair(first + k);
            if (!paired.note().isEmpty()) {
              unguided.merge(paired.note(), 1, Integer::sum);
            }
            Image2 made =
                resolver.upscale(
                    paired.input(), shape[0], shape[1], consistency == Switch.ON, passes);
            if (bar != null) {
              bar.step();
            }
            return made;
          };
      if (isPicture()) {
        UpscaleOutput.writePicture(out, slices.make(0));
      } else {
        NiftiWriter.write(out, UpscaleOutput.grid(input, shape[0], shape[1], first, count), slices);
      }
    }
    unguided.forEach((why, slices) -> warn("%d of %d slices: %s".formatted(slices, count, why)));
    return ExitStatus.DONE;
  }

  /** Output samples per acquired one, along the axis that has more. */
  private static double factor(UpscaleInput input, int[] shape) {
    AcquiredGrid acquired = input.acquired();
    return Math.max((double) shape[0] / acquired.columns(), (double) shape[1] / acquired.rows());
  }

  private void warnBeyond(ModelManifest model, double factor) {
    if (factor > model.highestScale() + 0.005) {
      warn(
          String.format(
              Locale.ENGLISH,
              "x%.2f of the acquired pixels is beyond x%.1f, the highest factor that %s %s was"
                  + " trained at",
              factor,
              model.highestScale(),
              model.name(),
              model.version()));
    }
  }

  private void check() {
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!isPicture() && !name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
      throw checks().wrong("--out: " + out + " is neither .nii, .nii.gz nor .png");
    }
    checks().isWritable("--out", out);
    try {
      size.check();
    } catch (IllegalArgumentException e) {
      throw checks().wrong(e.getMessage());
    }
  }

  private boolean isPicture() {
    return out.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
  }

  /** Output columns and rows. */
  private int[] shape(UpscaleInput input) {
    try {
      return size.of(input);
    } catch (IllegalArgumentException e) {
      throw checks().wrong(e.getMessage());
    }
  }

  private void warn(String message) {
    spec.commandLine().getErr().println("loupe: " + message);
  }

  /** A progress bar on a terminal; null elsewhere. */
  @SuppressWarnings("SystemConsoleNull") // It is null without a terminal, from JDK 25 on again.
  private static ProgressBar progress(int count) {
    if (System.console() == null || !System.console().isTerminal()) {
      return null;
    }
    return new ProgressBarBuilder().setTaskName("slices").setInitialMax(count).build();
  }

  private OptionChecks checks() {
    return new OptionChecks(spec);
  }
}
