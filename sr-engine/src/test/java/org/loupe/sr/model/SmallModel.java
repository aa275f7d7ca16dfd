package org.loupe.sr.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model package with random weights: the shipped architecture, narrow enough for tests. */
public final class SmallModel {

  public static final Map<String, Integer> ARCHITECTURE =
      Map.of("channels", 8, "blocks", 1, "prior_channels", 4);

  private SmallModel() {}

  public static ModelPackage write(Path folder) throws IOException {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      manager.getEngine().setRandomSeed(11);
      SrNetwork network = new SrNetwork(8, 1);
      SegmentationNetwork prior = new SegmentationNetwork(4);
      ModelPackage.initialize(network, manager);
      ModelPackage.initialize(prior, manager);
      return ModelPackage.write(
          folder,
          manifest("small"),
          Map.of(
              ModelPackage.SR_WEIGHTS, ModelPackage.weights(network),
              ModelPackage.PRIOR_WEIGHTS, ModelPackage.weights(prior)));
    }
  }

  public static ModelManifest manifest(String name) {
    return manifest(name, ARCHITECTURE, Map.of());
  }

  static ModelManifest manifest(
      String name, Map<String, Integer> architecture, Map<String, String> sha256) {
    return new ModelManifest(
            name,
            "3",
            "random weights",
            sha256,
            architecture,
            "T2",
            List.of("PD", "T1"),
            List.of(1.1, 4.2),
            List.of("nothing"),
            Map.of("gain_db", 0.25),
            "none",
            List.of("nobody"),
            List.of("knows nothing"))
        .withOriented(true);
  }
}
