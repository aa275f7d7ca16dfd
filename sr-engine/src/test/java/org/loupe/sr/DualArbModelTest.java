package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.image.Statistics;
import org.loupe.sr.model.DualArbNetwork;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;

class DualArbModelTest {

  private static final Map<String, Integer> SMALL =
      Map.of("channels", 8, "growth", 4, "blocks", 2, "convolutions", 2, "hidden", 8, "layers", 2);

  @TempDir private Path folder;

  private ModelPackage write() throws IOException {
    ModelManifest manifest =
        new ModelManifest(
            "peer",
            "1",
            "random",
            Map.of(),
            SMALL,
            "T2",
            List.of("T1"),
            List.of(1.1, 4.2),
            List.of(),
            Map.of(),
            "none",
            List.of(),
            List.of(),
            DualArbNetwork.FORMAT,
            null,
            null,
            null);
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.getEngine().setRandomSeed(5);
      DualArbNetwork network = new DualArbNetwork(SMALL);
      ModelPackage.initialize(network, manager);
      return ModelPackage.write(
          folder.resolve("peer"),
          manifest,
          Map.of(ModelPackage.SR_WEIGHTS, ModelPackage.weights(network)));
    }
  }

  private static NDArray image(Image2 image, NDManager manager) {
    float scale = Statistics.normal(image);
    return manager
        .create(image.values(), new Shape(1, 1, image.height(), image.width()))
        .div(scale);
  }

  private static NDArray weights(int count, int size, double ratio, NDManager manager) {
    float[] linear = AxisMatrix.linear(AxisMatrix.positions(0, 2 / ratio, count), 2 * size);
    return manager.create(linear, new Shape(1, 1, count, 2L * size));
  }

  /** Output and reference lattice are 2.5 times as fine as the target's. */
  @Test
  void decodesAsItWasTrained() throws IOException {
    Image2 low = Fixtures.pattern(16, 12, 1);
    Image2 reference = Fixtures.pattern(40, 30, 2);
    SliceInput input =
        new SliceInput(
            "k", low, null, null, new SliceInput.Reference(reference, 0.4, 0.4), null, 1, 1);
    try (NDManager manager = NDManager.newBaseManager()) {
      ModelPackage model = write();
      DualArbNetwork network = model.loadDualArb(manager);
      NDArray none = manager.zeros(new Shape(1));
      NDArray guide = image(reference, manager);
      NDList inputs =
          new NDList(
              image(low, manager),
              none,
              none,
              none,
              guide.concat(guide, 1),
              none,
              weights(30, 12, 2.5, manager),
              weights(40, 16, 2.5, manager).swapAxes(2, 3));
      NDArray trained =
          network.forward(new ParameterStore(manager, false), inputs, false).singletonOrThrow();
      assertEquals(new Shape(1, 1, 30, 40), trained.getShape());

      DualArbModel used = new DualArbModel(model, manager);
      try (SliceFeatures features = used.prepare(input, Passes.ONE)) {
        NDArray decoded =
            used.decode(
                features,
                new AxisSampling(0.4, 0, 30, manager),
                new AxisSampling(0.4, 0, 40, manager),
                null,
                manager);
        float difference = decoded.get(0).sub(trained.get(0).get(0)).abs().max().getFloat();
        float range = trained.max().getFloat() - trained.min().getFloat();
        // Where the processor computes in bfloat16, a part in 256 of each value is lost.
        assertTrue(difference < 0.05 * range, difference + " of " + range);
      }
    }
  }

  @Test
  void resolvesAndAsksForAReference() throws IOException {
    Image2 low = Fixtures.pattern(16, 12, 1);
    SliceInput.Reference reference =
        new SliceInput.Reference(Fixtures.pattern(40, 30, 2), 0.4, 0.4);
    try (SuperResolver resolver = SuperResolver.open(write(), DeviceChoice.CPU)) {
      SliceInput input = new SliceInput("k", low, null, null, reference, null, 1, 1);
      try (SliceFeatures features = resolver.prepare(input)) {
        Image2 picture = resolver.upscale(features, 40, 30, true);
        for (float v : picture.values()) {
          assertTrue(Float.isFinite(v));
        }
      }
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class, () -> resolver.prepare(input.withoutReference()));
      assertEquals("model peer 1 needs a reference that covers the slice", e.getMessage());
    }
  }

  /** 13.75 million in the paper, with the reference's branch, and without it some less. */
  @Test
  void hasThePublishedSize() {
    try (NDManager manager = NDManager.newBaseManager()) {
      DualArbNetwork network = new DualArbNetwork(DualArbNetwork.PUBLISHED);
      ModelPackage.initialize(network, manager);
      long parameters =
          network.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum();
      assertEquals(13.75e6, (double) parameters, 0.1e6);
    }
  }
}
