package org.loupe.sr.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.Statistics;
import org.loupe.study.Series;
import org.loupe.study.StudyLoader;

/**
 * The exported networks of the shipped model against the ones in Java in single precision, on a
 * real slice of the demo study.
 */
class ServedGraphTest {

  private static final float TOLERANCE = 1e-4f;

  private static NDManager manager;
  private static ModelPackage model;
  private static List<ServedGraph> graphs;
  private static SrNetwork network;

  /** (1, 1, h, w): T2, its 99.5th percentile 1. */
  private static NDArray slice;

  @BeforeAll
  static void export() throws IOException {
    Path home = Path.of(System.getProperty("loupe.home"), "assets");
    manager = NDManager.newBaseManager(Device.cpu());
    model = ModelPackage.open(home.resolve("models").resolve("loupe"));
    graphs = ServedGraph.of(model);
    network = model.loadNetwork(manager);
    Path file = home.resolve("demo/study/T2/IM0011.dcm");
    Series t2 = new StudyLoader().loadSeries(file, Contrast.T2);
    Image2 image = t2.volume().slice(0);
    slice =
        manager
            .create(image.values(), new Shape(1, 1, image.height(), image.width()))
            .div(Statistics.normal(image));
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  private static NDArray served(ServedGraph.Part part, NDArray... inputs) throws IOException {
    String name = ServedGraph.name(model, part);
    ServedGraph graph =
        graphs.stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
    assertEquals(inputs.length, graph.inputs().size());
    ByteArrayInputStream in = new ByteArrayInputStream(graph.archive());
    Block block = JniUtils.loadModule((PtNDManager) manager, in, true, false);
    return block
        .forward(new ParameterStore(manager, false), new NDList(inputs), false)
        .singletonOrThrow();
  }

  /** A block's own graph and weights, whatever the processor's precision. */
  private static NDArray inJava(String name, Map<String, String> constants, NDArray... inputs) {
    Block block =
        network.getChildren().stream()
            .filter(child -> child.getKey().endsWith(name))
            .findFirst()
            .orElseThrow()
            .getValue();
    return inJava(block, name, constants, inputs);
  }

  private static NDArray inJava(
      Block block, String name, Map<String, String> constants, NDArray... inputs) {
    List<NDArray> weights =
        block.getParameters().values().stream().map(Parameter::getArray).toList();
    return Graph.load(name, constants, manager).run(List.of(inputs), weights);
  }

  private static void assertSame(NDArray expected, NDArray actual) {
    assertEquals(expected.getShape(), actual.getShape());
    assertTrue(expected.abs().max().getFloat() > 0.01f);
    assertEquals(0, expected.sub(actual).abs().max().getFloat(), TOLERANCE);
  }

  private static NDArray repeated(int channels) {
    return slice.repeat(1, channels);
  }

  @Test
  void encoder() throws IOException {
    int folded = SrNetwork.FOLD * SrNetwork.FOLD + 1;
    NDArray prior = repeated(SrNetwork.TISSUES).div(3);
    Map<String, String> single =
        Map.of(
            "TYPE",
            Precision.SINGLE.literal(),
            "FOLDED",
            Integer.toString(SrNetwork.FOLD * SrNetwork.FOLD),
            "DETAIL",
            "4.");
    NDArray[] inputs = {slice, repeated(2), repeated(folded), prior};
    assertSame(inJava("encoder", single, inputs), served(ServedGraph.Part.ENCODER, inputs));
  }

  @Test
  void reference() throws IOException {
    NDArray maps = slice.concat(slice.sub(slice.mean()), 1);
    assertSame(inJava("reference", Map.of(), maps), served(ServedGraph.Part.REFERENCE, maps));
  }

  @Test
  void decoder() throws IOException {
    Map<String, String> constants =
        Map.of(
            "HIDDEN", Integer.toString(SrNetwork.HIDDEN),
            "GUIDES", Integer.toString(SrNetwork.GUIDES));
    NDArray[] inputs = {slice, repeated(SrNetwork.SAMPLED), repeated(SrNetwork.GUIDES)};
    assertSame(inJava("decoder", constants, inputs), served(ServedGraph.Part.DECODER, inputs));
  }

  @Test
  void segmentation() throws IOException {
    SegmentationNetwork prior = model.loadPrior(manager);
    Map<String, String> single = Map.of("TYPE", Precision.SINGLE.literal());
    NDArray input = repeated(3);
    assertSame(
        inJava(prior, "segmentation", single, input), served(ServedGraph.Part.SEGMENTATION, input));
  }
}
