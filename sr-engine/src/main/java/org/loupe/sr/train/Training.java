package org.loupe.sr.train;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.loupe.sr.model.DualArbNetwork;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.model.SrNetwork;
import org.loupe.sr.train.SrOptions.Part;

/**
 * A whole training: first the segmentation network of the prior, then the super-resolution network
 * guided by it, then the model package. Both stages keep a checkpoint in the work folder and go on
 * from it.
 */
public final class Training {

  /**
   * What to train.
   *
   * @param data folder of case folders
   * @param exclude cases whose name starts so are kept for validation; empty for none
   * @param work folder of the checkpoints
   * @param out model package to write
   * @param priorMinutes training time of the segmentation network
   * @param minutes training time of the super-resolution network
   * @param channels width of the encoder
   * @param blocks residual blocks of the encoder
   * @param manifest of the package; its format says which network is trained
   * @param perceptual weight of the perceptual loss; 0 for none
   * @param without names of parts to leave out, for ablations
   */
  public record Settings(
      Path data,
      String exclude,
      Path work,
      Path out,
      double priorMinutes,
      double minutes,
      int channels,
      int blocks,
      int batch,
      float learningRate,
      long seed,
      double perceptual,
      List<String> without,
      ModelManifest manifest) {}

  static final int PATCH = 36;
  static final double MAX_SCALE = 4.2;
  private static final float PRIOR_LEARNING_RATE = 2e-3f;

  private final Settings settings;
  private final Consumer<String> log;

  public Training(Settings settings, Consumer<String> log) {
    this.settings = settings;
    this.log = log;
  }

  /** Runs to the end of both stages' time. */
  public ModelPackage run() throws IOException {
    Files.createDirectories(settings.work());
    SrOptions options =
        new SrOptions(
            settings.batch(), PATCH, MAX_SCALE, settings.perceptual(), parts(settings.without()));
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.getEngine().setRandomSeed((int) settings.seed());
      List<TrainingCase> cases = TrainingCase.load(settings.data(), settings.exclude(), manager);
      cases.forEach(
          c ->
              log.accept(
                  "case %s: %d slices, references %s"
                      .formatted(c.name(), c.usable().size(), c.references().keySet())));
      if (DualArbNetwork.FORMAT.equals(settings.manifest().format())) {
        return trainPeer(cases, options, manager);
      }
      SegmentationNetwork prior = trainPrior(cases, options.has(Part.ORIENTATION), manager);
      SrNetwork network = new SrNetwork(settings.channels(), settings.blocks());
      SrPatchSampler sampler =
          new SrPatchSampler(cases, prior, options, manager, new SplittableRandom(settings.seed()));
      log.accept("training the super-resolution network");
      loop(
              network,
              checkpoint(),
              settings.minutes(),
              settings.learningRate(),
              options.has(Part.ORTHOGONAL_STEPS),
              manager)
          .run(new SrTrainer(network, prior, sampler, options, manager));
      double errorScale =
          options.has(Part.UNCERTAINTY) ? Calibration.errorScale(network, sampler, manager) : 1;
      return write(network, prior, errorScale, options);
    }
  }

  /** The published peer knows neither prior nor neighbours nor an expected error. */
  private ModelPackage trainPeer(List<TrainingCase> cases, SrOptions options, NDManager manager)
      throws IOException {
    SrOptions peer = options.without(EnumSet.of(Part.PRIOR, Part.NEIGHBOURS, Part.UNCERTAINTY));
    SrPatchSampler sampler =
        new SrPatchSampler(cases, null, peer, manager, new SplittableRandom(settings.seed()));
    DualArbNetwork network = new DualArbNetwork(settings.manifest().architecture());
    log.accept("training " + settings.manifest().name());
    loop(
            network,
            checkpoint(),
            settings.minutes(),
            settings.learningRate(),
            peer.has(Part.ORTHOGONAL_STEPS),
            manager)
        .run(new SrTrainer(network, null, sampler, peer, manager));
    return ModelPackage.write(
        settings.out(),
        settings.manifest().withOriented(peer.has(Part.ORIENTATION)),
        Map.of(ModelPackage.SR_WEIGHTS, ModelPackage.weights(network)));
  }

  private SegmentationNetwork trainPrior(
      List<TrainingCase> cases, boolean oriented, NDManager manager) throws IOException {
    SegmentationNetwork prior =
        new SegmentationNetwork(settings.manifest().architecture().get("prior_channels"));
    log.accept("training the segmentation network of the prior");
    loop(prior, "prior.checkpoint", settings.priorMinutes(), PRIOR_LEARNING_RATE, false, manager)
        .run(
            new SegmentationTrainer(
                prior, cases, oriented, manager, new SplittableRandom(settings.seed() + 1)));
    ModelPackage.freeze(prior);
    return prior;
  }

  /**
   * A run goes on from a checkpoint of the same parts alone: the package says how slices lay in
   * training.
   */
  private String checkpoint() {
    Set<String> without = new TreeSet<>(settings.without());
    return without.isEmpty()
        ? "sr.checkpoint"
        : "sr-without-" + String.join("-", without) + ".checkpoint";
  }

  private TrainingLoop loop(
      Block block,
      String checkpoint,
      double minutes,
      float rate,
      boolean orthogonal,
      NDManager manager) {
    return new TrainingLoop(
        block, manager, settings.work().resolve(checkpoint), minutes, rate, orthogonal, log);
  }

  private ModelPackage write(
      SrNetwork network, SegmentationNetwork prior, double errorScale, SrOptions options)
      throws IOException {
    Map<String, byte[]> weights = new LinkedHashMap<>();
    weights.put(ModelPackage.SR_WEIGHTS, ModelPackage.weights(network));
    weights.put(ModelPackage.PRIOR_WEIGHTS, ModelPackage.weights(prior));
    return ModelPackage.write(
        settings.out(),
        settings.manifest().withErrorScale(errorScale).withOriented(options.has(Part.ORIENTATION)),
        weights);
  }

  static Set<Part> parts(List<String> names) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : names) {
      parts.add(Part.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return parts;
  }
}
