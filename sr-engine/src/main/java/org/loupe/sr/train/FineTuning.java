package org.loupe.sr.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.model.SrNetwork;

/**
 * Goes on training a model's super-resolution network on other cases, deeper where that is asked
 * for, with its segmentation network as it is. Cases that are held out are not read. A checkpoint
 * in the work folder belongs to the model that the training began with, its depth and its cases.
 */
public final class FineTuning {

  /**
   * What to train.
   *
   * @param init the model to begin with
   * @param data folder of case folders
   * @param heldOut names of the cases that stay out
   * @param work folder of the checkpoint
   * @param out model package to write
   * @param blocks residual blocks of the encoder, at least the model's
   * @param minutes training time
   * @param perceptual weight of the perceptual loss; 0 for none
   * @param without names of parts to leave out
   * @param manifest of the package
   */
  public record Settings(
      ModelPackage init,
      Path data,
      Set<String> heldOut,
      Path work,
      Path out,
      int blocks,
      double minutes,
      int batch,
      float learningRate,
      long seed,
      double perceptual,
      List<String> without,
      ModelManifest manifest) {}

  private final Settings settings;
  private final Consumer<String> log;

  public FineTuning(Settings settings, Consumer<String> log) {
    this.settings = settings;
    this.log = log;
  }

  /** Names of the cases in a folder, sorted. */
  public static List<String> cases(Path data) throws IOException {
    return TrainingCase.names(data);
  }

  /** Runs to the end of the time. */
  public ModelPackage run() throws IOException {
    ModelPackage init = settings.init();
    if (init.manifest().format() != null) {
      throw new ModelException(
          "model " + init.label() + " is not of Loupe's own format: it cannot be fine-tuned");
    }
    Files.createDirectories(settings.work());
    SrOptions options =
        new SrOptions(
            settings.batch(),
            Training.PATCH,
            Training.MAX_SCALE,
            settings.perceptual(),
            Training.parts(settings.without()));
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.getEngine().setRandomSeed((int) settings.seed());
      SrNetwork network = init.loadNetwork(settings.blocks(), manager);
      SegmentationNetwork prior = init.loadPrior(manager);
      List<TrainingCase> cases =
          TrainingCase.load(settings.data(), name -> !settings.heldOut().contains(name), manager);
      SrPatchSampler sampler =
          new SrPatchSampler(cases, prior, options, manager, new SplittableRandom(settings.seed()));
      log.accept("fine-tuning %s on %d cases".formatted(init.label(), cases.size()));
      new TrainingLoop(
              network,
              manager,
              settings.work().resolve("fine-tuning-" + identity(cases) + ".checkpoint"),
              settings.minutes(),
              settings.learningRate(),
              options.has(SrOptions.Part.ORTHOGONAL_STEPS),
              log)
          .run(new SrTrainer(network, prior, sampler, options, manager));
      return write(network, prior, options);
    }
  }

  /**
   * Of the model, its depth, the parts left out and the cases: a checkpoint must not have seen what
   * is now held out, nor in another way.
   */
  private UUID identity(List<TrainingCase> cases) {
    String weights = settings.init().manifest().sha256().get(ModelPackage.SR_WEIGHTS);
    String names = cases.stream().map(TrainingCase::name).collect(Collectors.joining("/"));
    return UUID.nameUUIDFromBytes(
        "%s/%d/%s/%s"
            .formatted(weights, settings.blocks(), settings.without(), names)
            .getBytes(StandardCharsets.UTF_8));
  }

  private ModelPackage write(SrNetwork network, SegmentationNetwork prior, SrOptions options)
      throws IOException {
    Map<String, byte[]> weights = new LinkedHashMap<>();
    weights.put(ModelPackage.SR_WEIGHTS, ModelPackage.weights(network));
    weights.put(ModelPackage.PRIOR_WEIGHTS, ModelPackage.weights(prior));
    return ModelPackage.write(
        settings.out(),
        settings
            .manifest()
            .withBlocks(settings.blocks())
            .withOriented(options.has(SrOptions.Part.ORIENTATION)),
        weights);
  }
}
