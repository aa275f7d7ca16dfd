package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The arithmetic of a block as TorchScript, compiled by the engine when it is loaded: one native
 * call per pass instead of one per operation, convolutions on channels-last arrays and, where the
 * processor is faster that way, in bfloat16. None of these can be said in the engine's array API;
 * together they make a training step more than twice as fast.
 *
 * <p>The source lies in a resource {@code NAME.torchscript}: the methods of a module without
 * parameters, in the form in which TorchScript archives store code. The block's own parameters come
 * in as the last argument, a list.
 */
final class Graph {

  private static final String HEADER =
      """
      class Graph(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  /** The module object of the archive: an instance of Graph with training = true, pickled. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nGraph\n)\u0081}(X\b\u0000\u0000\u0000training\u0088ub.";

  /** An empty tuple of constants, pickled. */
  private static final String CONSTANTS = "\u0080\u0002).";

  private final PtSymbolBlock module;

  private Graph(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * Compiles a graph.
   *
   * @param name resource name without its ending
   * @param constants literals that replace {@code $NAME} in the source
   * @param manager owner of the compiled graph
   */
  static Graph load(String name, Map<String, String> constants, NDManager manager) {
    try {
      byte[] archive = archive(source(name, constants));
      return new Graph(
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class of a graph as TorchScript; the arguments are those of {@link #load}. */
  static String source(String name, Map<String, String> constants) {
    try (InputStream in = Graph.class.getResourceAsStream(name + ".torchscript")) {
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> constant : constants.entrySet()) {
        source = source.replace("$" + constant.getKey(), constant.getValue());
      }
      return HEADER + source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the graph.
   *
   * @param inputs its arguments but the last
   * @param weights its last argument; gradients are recorded where they ask for them
   * @return its one result, in the manager of the first input
   */
  NDArray run(List<NDArray> inputs, List<NDArray> weights) {
    // Specialising a graph for each size costs more than it gains where sizes change all the time.
    JniUtils.setGraphExecutorOptimize(false);
    NDList arguments = new NDList(inputs);
    arguments.addAll(weights);
    // The engine gathers arguments of one name with this ending into a list. Arrays are saved with
    // their names, so these do not stay.
    List<String> names = new ArrayList<>();
    for (NDArray weight : weights) {
      names.add(weight.getName());
      weight.setName("w[]");
    }
    NDArray result = IValueUtils.forward(module, arguments, true).singletonOrThrow();
    for (int i = 0; i < names.size(); i++) {
      weights.get(i).setName(names.get(i));
    }
    return result;
  }

  /** A TorchScript archive: a zip of stored entries below one folder. */
  private static byte[] archive(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "graph/data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "graph/constants.pkl", CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "graph/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      put(zip, "graph/version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(data);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }
}
