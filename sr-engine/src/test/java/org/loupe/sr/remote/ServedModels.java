package org.loupe.sr.remote;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.loupe.sr.model.ServedGraph;

/** The exported TorchScript files, run by libtorch: what stands behind the tests' servers. */
public final class ServedModels implements AutoCloseable {

  private record Model(ServedGraph graph, PtSymbolBlock block) {}

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final Map<String, Model> models = new HashMap<>();
  private final AtomicInteger runs = new AtomicInteger();

  public ServedModels(List<ServedGraph> graphs) throws IOException {
    for (ServedGraph graph : graphs) {
      ByteArrayInputStream in = new ByteArrayInputStream(graph.archive());
      PtSymbolBlock block = JniUtils.loadModule((PtNDManager) manager, in, true, false);
      models.put(graph.name(), new Model(graph, block));
    }
  }

  /** Null where there is no such model. */
  ServedGraph graph(String name) {
    Model model = models.get(name);
    return model == null ? null : model.graph;
  }

  /** How often a model was run. */
  int runs() {
    return runs.get();
  }

  /** The output of a model that is there, for inputs in its order. */
  public Tensor run(String name, List<Tensor> inputs) {
    Model model = models.get(name);
    try (NDManager scratch = manager.newSubManager()) {
      NDList arrays = new NDList();
      for (Tensor input : inputs) {
        arrays.add(scratch.create(input.values(), new Shape(input.shape())));
      }
      NDArray output;
      // Blocks share the interpreter's settings of their thread; one at a time is enough here.
      synchronized (model.block) {
        output = model.block.forward(null, arrays, false).singletonOrThrow();
      }
      output.attach(scratch);
      runs.incrementAndGet();
      return new Tensor(model.graph.output(), output.getShape().getShape(), output.toFloatArray());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
