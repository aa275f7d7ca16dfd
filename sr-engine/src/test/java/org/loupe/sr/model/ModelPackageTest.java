package org.loupe.sr.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPackageTest {

  @TempDir Path folder;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void opensWhatItWrote() throws IOException {
    SrNetwork network = new SrNetwork(8, 1);
    SegmentationNetwork prior = new SegmentationNetwork(4);
    ModelPackage.initialize(network, manager);
    ModelPackage.initialize(prior, manager);
    ModelPackage written =
        ModelPackage.write(
            folder.resolve("new"),
            SmallModel.manifest("small"),
            Map.of(
                ModelPackage.SR_WEIGHTS, ModelPackage.weights(network),
                ModelPackage.PRIOR_WEIGHTS, ModelPackage.weights(prior)));
    ModelPackage opened = ModelPackage.open(folder.resolve("new"));
    assertEquals(written, opened);

    ParameterStore store = new ParameterStore(manager, false);
    NDArray slice = manager.randomUniform(0, 1, new Shape(1, 3, 16, 24));
    assertArrayEquals(
        prior.forward(store, new NDList(slice), false).get(0).toFloatArray(),
        opened.loadPrior(manager).forward(store, new NDList(slice), false).get(0).toFloatArray());
    SrNetwork loaded = opened.loadNetwork(manager);
    NDArray reference = manager.randomUniform(0, 1, new Shape(1, 2, 9, 9));
    assertArrayEquals(
        network.guide(store, reference, false).toFloatArray(),
        loaded.guide(store, reference, false).toFloatArray());
    assertArrayEquals(ModelPackage.weights(network), ModelPackage.weights(loaded));
    assertTrue(
        loaded.getParameters().values().stream().noneMatch(p -> p.getArray().hasGradient()),
        "a loaded network asks for gradients");
  }

  @Test
  void refusesWeightsThatAreNotThoseOfTheManifest() throws IOException {
    ModelPackage model = SmallModel.write(folder);
    Path file = folder.resolve("sr.params");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    String message =
        assertThrows(ModelException.class, () -> model.loadNetwork(manager)).getMessage();
    assertTrue(message.startsWith("model small 3: the SHA-256 of sr.params is "), message);
    assertTrue(message.contains(model.manifest().sha256().get("sr.params")), message);
    assertTrue(message.contains(ModelPackage.sha256(bytes)), message);
    model.loadPrior(manager);
  }

  @Test
  void namesAWeightFileThatIsMissing() throws IOException {
    ModelPackage model = SmallModel.write(folder);
    Files.delete(folder.resolve("prior.params"));
    String message =
        assertThrows(ModelException.class, () -> model.loadPrior(manager)).getMessage();
    assertTrue(message.contains("prior.params"), message);
  }

  @ParameterizedTest
  @CsvSource({"channels, 16", "blocks, 2", "prior_channels, 8"})
  void refusesWeightsOfAnotherArchitecture(String key, int size) throws IOException {
    ModelPackage model = SmallModel.write(folder);
    Map<String, Integer> sizes = new HashMap<>(SmallModel.ARCHITECTURE);
    sizes.put(key, size);
    ModelPackage other = with(model, sizes);
    ModelException e =
        assertThrows(
            ModelException.class,
            () -> {
              other.loadNetwork(manager);
              other.loadPrior(manager);
            });
    assertTrue(
        e.getMessage().endsWith("does not fit the architecture in the manifest"), e::toString);
  }

  @Test
  void namesASizeThatIsMissing() throws IOException {
    ModelPackage model = with(SmallModel.write(folder), Map.of("channels", 8));
    ModelException e = assertThrows(ModelException.class, () -> model.loadNetwork(manager));
    assertEquals("model small: architecture.blocks is missing", e.getMessage());
  }

  @Test
  void saysWhatIsWrongWithAManifest() throws IOException {
    assertTrue(messageOfOpening().endsWith("model.json is missing"), messageOfOpening());
    Files.writeString(folder.resolve("model.json"), "{\"name\": \"x\", ");
    assertTrue(messageOfOpening().contains("model.json is not a model manifest"), "bad JSON");
    Files.writeString(folder.resolve("model.json"), "{\"name\": \"x\", \"version\": \"1\"}");
    assertTrue(messageOfOpening().endsWith("name, version or sha256 is missing"), "incomplete");
    assertFalse(messageOfOpening().contains("\n"));
  }

  private String messageOfOpening() {
    return assertThrows(ModelException.class, () -> ModelPackage.open(folder)).getMessage();
  }

  private static ModelPackage with(ModelPackage model, Map<String, Integer> architecture) {
    return new ModelPackage(
        model.folder(), SmallModel.manifest("small", architecture, model.manifest().sha256()));
  }
}
