package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.UniformInitializer;
import java.util.ArrayList;
import java.util.List;

/**
 * A block made of stride-1 convolutions that keep width and height. Arrays are NCHW.
 *
 * <p>Memory: a block closes what it made and no longer needs. Autograd keeps its own references, so
 * this holds in training too, and in inference it bounds the peak to a few feature maps.
 */
abstract class ConvolutionalBlock extends AbstractBlock {

  private record Child(Block block, int inputChannels) {}

  private final List<Child> registered = new ArrayList<>();

  /** A convolution child with He-like uniform weights (bound 1 / sqrt(fan-in)). */
  protected final Conv2d convolution(String name, int in, int out, int kernel) {
    return convolution(name, in, out, kernel, 1);
  }

  protected final Conv2d convolution(String name, int in, int out, int kernel, double gain) {
    Conv2d conv =
        Conv2d.builder()
            .setKernelShape(new Shape(kernel, kernel))
            .setFilters(out)
            .optPadding(new Shape(kernel / 2, kernel / 2))
            .build();
    float bound = (float) (gain / Math.sqrt((double) in * kernel * kernel));
    conv.setInitializer(new UniformInitializer(bound), Parameter.Type.WEIGHT);
    registered.add(new Child(conv, in));
    return addChildBlock(name, conv);
  }

  /** A child block whose first input has the given number of channels. */
  protected final <B extends ConvolutionalBlock> B child(String name, B block) {
    registered.add(new Child(block, 1));
    return addChildBlock(name, block);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    for (Child child : registered) {
      child.block.initialize(manager, type, new Shape(1, child.inputChannels, 8, 8));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  protected static NDArray apply(Block block, ParameterStore store, NDArray x, boolean training) {
    return block.forward(store, new NDList(x), training).singletonOrThrow();
  }

  /** ReLU of an array that is not needed afterwards. */
  protected static NDArray relu(NDArray x) {
    NDArray y = x.getNDArrayInternal().relu();
    x.close();
    return y;
  }
}
