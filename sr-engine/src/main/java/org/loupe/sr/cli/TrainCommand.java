package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.sr.model.DualArbNetwork;
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
      List.of("--exclude", "--prior-minutes", "--channels", "--network");

  private static final List<String> ONLY_TUNED =
      List.of("--held-out", "--max-slices", "--accept", "--report");

  /** The peers have sizes of their own and no prior. */
  private static final List<String> ONLY_LOUPE =
      List.of("--channels", "--blocks", "--prior-minutes");

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

  @Option(
      names = "--blocks",
      defaultValue = "12",
      description = "encoder residual blocks (${DEFAULT-VALUE}; with --init the model's)")
  private int blocks;

  private enum Network {
    LOUPE,
    DUAL_ARBNET,
    DUAL_ARBNET_PUBLISHED
  }

  @Option(
      names = "--network",
      defaultValue = "loupe",
      description =
          "loupe; or, for comparison, the published Dual-ArbNet, dual_arbnet at a size that trains"
              + " on a CPU, dual_arbnet_published at its own (${DEFAULT-VALUE})")
  private Network network;

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
              + " low-reference, noise, lesions, uncertainty, orientation, even-bands, consistency,"
              + " orthogonal-steps")
  private List<String> without = List.of();

  @Mixin private FineTuneOptions tuning;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: no such folder: " + data);
    }
    new OptionChecks(spec).isWritable("--report", tuning.report);
    if (!(perceptual >= 0 && perceptual <= 1000)) {
      throw new ParameterException(
          spec.commandLine(), "--perceptual: " + perceptual + " is not from 0 to 1000");
    }
    if (perceptual > 0 && network != Network.LOUPE) {
      throw new ParameterException(
          spec.commandLine(), "--perceptual: only with the network loupe, which has a prior");
    }
    if (tuning.init != null) {
      return fineTune();
    }
    refuse(ONLY_TUNED, "only with --init");
    if (network != Network.LOUPE) {
      refuse(ONLY_LOUPE, "only with the network loupe");
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
    refuse(NOT_TUNED, "not together with --init");
    var writer = spec.commandLine().getOut();
    FineTuneRun run =
        new FineTuneRun(
            tuning,
            data,
            work,
            out,
            given("--name") ? name : null,
            version,
            given("--blocks") ? blocks : null,
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

  private void refuse(List<String> options, String why) {
    for (String option : options) {
      if (given(option)) {
        throw new ParameterException(spec.commandLine(), option + ": " + why);
      }
    }
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ModelManifest manifest() {
    return switch (network) {
      case LOUPE -> TrainingManifest.loupe(name, version, exclude, channels, blocks);
      case DUAL_ARBNET ->
          TrainingManifest.dualArb(peerName(), version, exclude, DualArbNetwork.TRAINABLE);
      case DUAL_ARBNET_PUBLISHED ->
          TrainingManifest.dualArb(peerName(), version, exclude, DualArbNetwork.PUBLISHED);
    };
  }

  private String peerName() {
    return given("--name") ? name : DualArbNetwork.FORMAT;
  }
}
