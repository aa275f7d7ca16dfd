package org.loupe.sr.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A TorchScript file, loaded for inference: a graph of which only its arguments and results are
 * known, which are compared with what the manifest says at every call.
 */
public final class TorchScriptGraph {

  private final String label;
  private final PtSymbolBlock block;

  private TorchScriptGraph(String label, PtSymbolBlock block) {
    this.label = label;
    this.block = block;
  }

  /**
   * Loads a file of a package, of the hash that the manifest says.
   *
   * @param manager owner of the graph's native memory
   * @throws ModelException where the file is absent, changed, or no TorchScript
   */
  public static TorchScriptGraph load(ModelPackage model, String file, NDManager manager)
      throws ModelException {
    byte[] bytes = model.read(file);
    String label = "model " + model.label() + ": " + file;
    try {
      PtSymbolBlock block =
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(bytes),
              /* mapLocation= */ true,
              false);
      if (!Arrays.asList(JniUtils.getMethodNames(block)).contains("forward")) {
        throw new ModelException(label + " has no method forward");
      }
      JniUtils.enableInferenceMode(block);
      return new TorchScriptGraph(label, block);
    } catch (ModelException e) {
      throw e;
    } catch (EngineException | IOException e) {
      throw new ModelException(label + " is not a TorchScript file: " + reason(e), e);
    }
  }

  /**
   * Runs the graph.
   *
   * @param inputs its arguments
   * @param shapes the shapes of its results
   * @return its results, in the scratch manager
   * @throws IllegalStateException where it fails or gives other shapes; the message is for the user
   */
  public NDList run(NDList inputs, List<Shape> shapes, NDManager scratch) {
    NDList outputs;
    try {
      outputs = block.forward(null, inputs, false);
    } catch (EngineException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new IllegalStateException(
          "%s failed on %s: %s".formatted(label, describe(inputs), reason(e)), e);
    }
    outputs.attach(scratch);
    List<Shape> actual = outputs.stream().map(NDArray::getShape).toList();
    if (!actual.equals(shapes)) {
      throw new IllegalStateException(
          "%s gave %s for %s, where the manifest says %s"
              .formatted(label, join(actual), describe(inputs), join(shapes)));
    }
    for (NDArray output : outputs) {
      if (output.getDataType() != DataType.FLOAT32) {
        throw new IllegalStateException(label + " gave " + output.getDataType() + ", not float32");
      }
    }
    return outputs;
  }

  private static String describe(NDList inputs) {
    List<String> parts = new ArrayList<>();
    for (NDArray input : inputs) {
      parts.add(input.getName() + " " + input.getShape());
    }
    return String.join(", ", parts);
  }

  private static String join(List<Shape> shapes) {
    return shapes.stream().map(Shape::toString).collect(Collectors.joining(", "));
  }

  /** What PyTorch says, without the graph's source that it prints before. */
  private static String reason(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    List<String> lines = message.lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.matches("[\\w.]*(Error|Exception): .*"))
        .reduce((first, second) -> second)
        .orElse(lines.isEmpty() ? message : lines.get(0));
  }
}
