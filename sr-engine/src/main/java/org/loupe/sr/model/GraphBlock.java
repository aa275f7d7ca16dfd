package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A block whose convolutions are listed in Java and applied by a {@link Graph}: weight and bias of
 * each, in the order in which they were listed, are the graph's weights.
 */
abstract class GraphBlock extends ConvolutionalBlock {

  private final String name;
  private final Map<String, String> constants;
  private Graph graph;
  private List<Parameter> weights;

  /**
   * @param name of the graph's resource
   * @param constants see {@link Graph#load}; {@code TYPE} is set to the precision's
   */
  GraphBlock(String name, Map<String, String> constants) {
    this.name = name;
    this.constants = constants;
  }

  @Override
  protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    super.initializeChildBlocks(manager, type, inputs);
    Map<String, String> all = new HashMap<>(constants);
    all.put("TYPE", Precision.of(manager).literal());
    graph = Graph.load(name, all, manager);
    weights = List.copyOf(getParameters().values());
  }

  /** Weight and bias of each convolution, in the order in which they were listed. */
  final List<NDArray> arrays() {
    return weights.stream().map(Parameter::getArray).toList();
  }

  /** Takes the weights of an initialised block of the same sizes. */
  final void copy(GraphBlock other) {
    copy(arrays(), other.arrays());
  }

  /** Takes values into arrays of the same shapes. */
  static void copy(List<NDArray> own, List<NDArray> theirs) {
    for (int i = 0; i < own.size(); i++) {
      own.get(i).set(theirs.get(i).toFloatArray());
    }
  }

  /** The graph's TorchScript in single precision. */
  final String source() {
    Map<String, String> all = new HashMap<>(constants);
    all.put("TYPE", Precision.SINGLE.literal());
    return Graph.source(name, all);
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    List<NDArray> arrays = new ArrayList<>();
    for (Parameter parameter : weights) {
      arrays.add(store.getValue(parameter, inputs.head().getDevice(), training));
    }
    return new NDList(graph.run(inputs, arrays));
  }
}
