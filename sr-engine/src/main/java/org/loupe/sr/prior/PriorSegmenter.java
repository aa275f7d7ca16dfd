package org.loupe.sr.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.function.UnaryOperator;
import org.loupe.sr.model.SegmentationNetwork;

/** Runs the segmentation network: tissue probabilities of one slice on the prior's lattice. */
public final class PriorSegmenter {

  private final UnaryOperator<NDArray> network;

  /**
   * @param manager owner of the network's weights
   */
  public PriorSegmenter(SegmentationNetwork network, NDManager manager) {
    ParameterStore store = new ParameterStore(manager, false);
    this.network = input -> network.forward(store, new NDList(input), false).singletonOrThrow();
  }

  /**
   * With a network that runs elsewhere.
   *
   * @param network as {@link SegmentationNetwork} computes
   */
  public PriorSegmenter(UnaryOperator<NDArray> network) {
    this.network = network;
  }

  /**
   * @param target (h, w) on the prior's lattice, divided by the slice's 99.5th percentile; its
   *     manager owns the result
   * @param reference the same for the reference; null where there is none
   * @return (3, h, w) probabilities of CSF, grey and white matter
   */
  public NDArray probabilities(NDArray target, NDArray reference) {
    NDManager manager = target.getManager();
    Shape shape = target.getShape();
    try (NDManager scratch = manager.newSubManager()) {
      NDArray input = scratch.zeros(new Shape(1, 3, shape.get(0), shape.get(1)));
      input.set(new NDIndex("0, 0"), target);
      if (reference != null) {
        input.set(new NDIndex("0, 1"), reference);
        input.set(new NDIndex("0, 2"), 1f);
      }
      NDArray logits = network.apply(input);
      NDArray tissues = logits.softmax(1).get(new NDIndex("0, 1:"));
      tissues.attach(manager);
      return tissues;
    }
  }
}
