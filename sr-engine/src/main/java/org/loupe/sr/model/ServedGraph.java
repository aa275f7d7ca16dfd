package org.loupe.sr.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of a model's networks as an inference server runs it: TorchScript in single precision, with
 * the weights inside. All arrays are float32 with four axes (batch, channels, rows, columns).
 *
 * @param name name on the server: it tells the model and its weights apart from all others
 * @param inputs names of its inputs
 * @param output name of its output
 * @param archive the TorchScript file
 */
public record ServedGraph(String name, List<String> inputs, String output, byte[] archive) {

  /** Networks by their names; those of the first three are children of {@link SrNetwork}. */
  public enum Part {
    ENCODER,
    REFERENCE,
    DECODER,
    SEGMENTATION;

    private String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final Pattern FORWARD =
      Pattern.compile("def forward\\(self: __torch__\\.Graph, (.*), w: List\\[Tensor\\]\\)");

  /** Hexadecimal digits of the weights' hash in a name. */
  private static final int DIGITS = 12;

  /**
   * The name of a part of a model on a server.
   *
   * @throws ModelException where the model is not made of Loupe's networks
   */
  public static String name(ModelPackage model, Part part) throws ModelException {
    String file = part == Part.SEGMENTATION ? ModelPackage.PRIOR_WEIGHTS : ModelPackage.SR_WEIGHTS;
    String hash = model.manifest().sha256().get(file);
    if (model.manifest().format() != null || hash == null) {
      throw new ModelException(
          "model " + model.label() + ": only Loupe's own networks run on a server");
    }
    return "loupe-" + part.key() + "-" + hash.substring(0, DIGITS);
  }

  /**
   * The names that a network's inputs and its output have on a server: those of {@code forward}'s
   * arguments, as Triton wants them.
   */
  public static List<String> inputs(List<String> arguments) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      names.add(arguments.get(i) + "__" + i);
    }
    return names;
  }

  /** The output of every graph. */
  public static final String OUTPUT = "output__0";

  /**
   * All networks of a model.
   *
   * @throws ModelException where the package is damaged, or not made of Loupe's networks
   */
  public static List<ServedGraph> of(ModelPackage model) throws ModelException {
    List<ServedGraph> graphs = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      SrNetwork network = model.loadNetwork(manager);
      for (Part part : List.of(Part.ENCODER, Part.REFERENCE, Part.DECODER)) {
        GraphBlock block = (GraphBlock) child(network, part.key());
        graphs.add(graph(name(model, part), block.source(), block));
      }
      SegmentationNetwork prior = model.loadPrior(manager);
      graphs.add(graph(name(model, Part.SEGMENTATION), prior.source(), prior));
      return graphs;
    } catch (IOException e) {
      throw new ModelException("model " + model.label() + " cannot be exported", e);
    }
  }

  private static Block child(Block block, String name) {
    // Names of children begin with their number: "01encoder".
    return block.getChildren().stream()
        .filter(child -> child.getKey().replaceFirst("^\\d+", "").equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static ServedGraph graph(String name, String source, Block block) throws IOException {
    List<String> arguments = arguments(source);
    List<NDArray> weights =
        block.getParameters().values().stream().map(Parameter::getArray).toList();
    byte[] archive = TorchScriptArchive.write(source, arguments, weights);
    return new ServedGraph(name, inputs(arguments), OUTPUT, archive);
  }

  /** Names of forward's arguments but the weights. */
  private static List<String> arguments(String source) {
    Matcher forward = FORWARD.matcher(source);
    if (!forward.find()) {
      throw new IllegalArgumentException("the graph has no forward");
    }
    return Arrays.stream(forward.group(1).split(", "))
        .map(argument -> argument.substring(0, argument.indexOf(':')))
        .toList();
  }
}
