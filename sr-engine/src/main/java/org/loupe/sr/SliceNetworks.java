package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.model.SrNetwork;

/**
 * The networks that run once per slice, here or elsewhere. Results live in the manager of the first
 * argument.
 */
interface SliceNetworks {

  /** Logits of the tissues, see {@link SegmentationNetwork}. */
  NDArray segment(NDArray slice);

  /** The encoder's features, see {@link SrNetwork#encode}. */
  NDArray encode(NDArray target, NDArray neighbours, NDArray folded, NDArray prior);

  /** The reference's features, see {@link SrNetwork#guide}. */
  NDArray guide(NDArray reference);

  /** Those that this process runs. */
  record Local(SrNetwork network, SegmentationNetwork prior, ParameterStore store)
      implements SliceNetworks {

    Local(SrNetwork network, SegmentationNetwork prior, NDManager manager) {
      this(network, prior, new ParameterStore(manager, false));
    }

    @Override
    public NDArray segment(NDArray slice) {
      return prior.forward(store, new NDList(slice), false).singletonOrThrow();
    }

    @Override
    public NDArray encode(NDArray target, NDArray neighbours, NDArray folded, NDArray tissues) {
      return network.encode(store, target, neighbours, folded, tissues, false);
    }

    @Override
    public NDArray guide(NDArray reference) {
      return network.guide(store, reference, false);
    }
  }
}
