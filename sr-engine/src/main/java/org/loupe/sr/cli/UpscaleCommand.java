package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Image2;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelManifest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      throw wrong("--slice: %d is not one of the %d slices".formatted(slice, input.depth()));
    }
    int first = slice == null ? 0 : slice;
    int count = slice == null ? input.depth() : 1;
    if (isPicture() && count > 1) {
      throw wrong("a picture holds one slice of the " + count + ": give --slice");
    }
    List<Image2> slices = new ArrayList<>();
    try (SuperResolver resolver = engine.open();
        ProgressBar bar = progress(count)) {
      warnBeyond(resolver.info().manifest(), factor(input, shape));
      for (int k = first; k < first + count; k++) {
        slices.add(resolver.upscale(input.slice(k), shape[0], shape[1], consistency == Switch.ON));
        if (bar != null) {
          bar.step();
        }
      }
    }
    if (isPicture()) {
      UpscaleOutput.writePicture(out, slices.get(0));
    } else {
      UpscaleOutput.writeNifti(out, input, slices, first);
    }
    return ExitStatus.DONE;
  }

  /** Output samples per acquired one, along the axis that has more. */
  private static double factor(UpscaleInput input, int[] shape) {
    AcquiredGrid acquired = input.acquired();
    return Math.max((double) shape[0] / acquired.columns(), (double) shape[1] / acquired.rows());
  }

  private void warnBeyond(ModelManifest model, double factor) {
    if (factor > model.highestScale() + 0.005) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ENGLISH,
              "loupe: x%.2f of the acquired pixels is beyond x%.1f, the highest factor that %s %s was"
                  + " trained at%n",
              factor,
              model.highestScale(),
              model.name(),
              model.version());
    }
  }

  private void check() {
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!isPicture() && !name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
      throw wrong("--out: " + out + " is neither .nii, .nii.gz nor .png");
    }
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw wrong("--out: cannot write " + out);
    }
    try {
      size.check();
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
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
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** A progress bar on a terminal; null elsewhere. */
  @SuppressWarnings("SystemConsoleNull") // It is null without a terminal, from JDK 25 on again.
  private static ProgressBar progress(int count) {
    if (System.console() == null || !System.console().isTerminal()) {
      return null;
    }
    return new ProgressBarBuilder().setTaskName("slices").setInitialMax(count).build();
  }
}
