package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sr train}: trains both networks and writes a model package. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description =
        "Train the segmentation prior and the super-resolution network; with --init, fine-tune a"
            + " model on cases of one's own.")
public final class TrainCommand implements Callable<Integer> {

  /** What is fixed by the model that fine-tuning begins with. */
  private static final List<String> NOT_TUNED =
      List.of("--exclude", "--prior-minutes", "--channels", "--blocks");

  private static final float TUNING_RATE = 2e-4f;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      description = "folder of case folders with T2.nii.gz, T1/PD/FLAIR.nii.gz, labels.nii.gz")
  private Path data;

  @Option(
      names = "--exclude",
      defaultValue = "long_patient04",
      description = "cases whose name starts so stay out, for validation (${DEFAULT-VALUE})")
  private String exclude;

  @Option(
      names = "--work",
      defaultValue = "target/training",
      description = "folder of the checkpoints; a run goes on from them (${DEFAULT-VALUE})")
  private Path work;

  @Option(names = "--out", required = true, description = "model package to write")
  private Path out;

  @Option(names = "--name", defaultValue = "loupe", description = "model name (${DEFAULT-VALUE})")
  private String name;

  @Option(names = "--model-version", defaultValue = "1", description = "version (${DEFAULT-VALUE})")
  private String version;

  @Option(
      names = "--prior-minutes",
      defaultValue = "10",
      description = "training time of the segmentation network (${DEFAULT-VALUE})")
  private double priorMinutes;

  @Option(
      names = "--minutes",
      defaultValue = "45",
      description = "training time of the super-resolution network (${DEFAULT-VALUE})")
  private double minutes;

  @Option(names = "--channels", defaultValue = "48", description = "encoder width")
  private int channels;

  @Option(names = "--blocks", defaultValue = "8", description = "encoder residual blocks")
  private int blocks;

  @Option(names = "--batch", defaultValue = "8", description = "patches per step")
  private int batch;

  @Option(names = "--learning-rate", defaultValue = "0.0015")
  private float learningRate;

  @Option(names = "--seed", defaultValue = "1")
  private long seed;

  @Option(
      names = "--perceptual",
      paramLabel = "W",
      defaultValue = "0",
      description =
          "weight of the perceptual loss, which sees with the segmentation network, against 1 for"
              + " the picture's error (${DEFAULT-VALUE})")
  private double perceptual;

  @Option(
      names = "--without",
      split = ",",
      description =
          "parts to leave out: prior, neighbours, contrast, misalignment, no-reference,"
              + " low-reference, noise, lesions, uncertainty, orthogonal-steps")
  private List<String> without = List.of();

  @Mixin private FineTuneOptions tuning;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: no such folder: " + data);
    }
    if (!(perceptual >= 0 && perceptual <= 1000)) {
      throw new ParameterException(
          spec.commandLine(), "--perceptual: " + perceptual + " is not from 0 to 1000");
    }
    if (tuning.init != null) {
      return fineTune();
    }
    var writer = spec.commandLine().getOut();
    Training training =
        new Training(
            new Training.Settings(
                data,
                exclude,
                work,
                out,
                priorMinutes,
                minutes,
                channels,
                blocks,
                batch,
                learningRate,
                seed,
                perceptual,
                without,
                manifest()),
            line -> {
              writer.println(line);
              writer.flush();
            });
    writer.println("wrote " + training.run().folder());
    return ExitStatus.DONE;
  }

  private int fineTune() throws IOException {
    for (String option : NOT_TUNED) {
      if (given(option)) {
        throw new ParameterException(spec.commandLine(), option + ": not together with --init");
      }
    }
    var writer = spec.commandLine().getOut();
    FineTuneRun run =
        new FineTuneRun(
            tuning,
            data,
            work,
            out,
            given("--name") ? name : null,
            version,
            minutes,
            batch,
            given("--learning-rate") ? learningRate : TUNING_RATE,
            seed,
            perceptual,
            without,
            line -> {
              writer.println(line);
              writer.flush();
            });
    try {
      run.run();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return ExitStatus.DONE;
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ModelManifest manifest() {
    return new ModelManifest(
        name,
        version,
        "T2 at any factor from T2, its neighbouring slices, PD, T1 or FLAIR and a tissue prior",
        Map.of(),
        Map.of("channels", channels, "blocks", blocks, "prior_channels", 12),
        "T2",
        List.of("PD", "T1", "FLAIR"),
        List.of(1.1, 4.2),
        List.of(
            "Longitudinal MS patients of the Laboratory of Imaging Technologies, University of"
                + " Ljubljana, without those named "
                + exclude
                + "*",
            "One MNI-space MS patient of the same laboratory, three quarters of its slices",
            "References simulated from them: PD-like mixtures, contrast and misalignment"),
        Map.of(),
        "Weights: as Loupe. Data: CC-BY",
        List.of(
            "Lesjak Z, Pernus F, Likar B, Spiclin Z. Validation of White-Matter Lesion Change"
                + " Detection Methods on a Novel Publicly Available MRI Image Database."
                + " Neuroinformatics (2016): 1-18.",
            "Lesjak Z, Galimzianova A, Koren A, Lukin M, Pernus F, Likar B, Spiclin Z. A Novel"
                + " Public MR Image Dataset of Multiple Sclerosis Patients With Lesion"
                + " Segmentations Based on Multi-rater Consensus. Neuroinformatics (2017)."),
        List.of(
            "Adult brains of few patients with multiple sclerosis; axial 2-D T2 and one 1 mm"
                + " volume; no children, no other body part",
            "Factors above 4.2 are outside the training range",
            "Not for diagnostic use"));
  }
}
