package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.model.SrNetwork;

/**
 * Loupe's own network. Of a slice it keeps the encoder's features (1, SAMPLED, 2h, 2w), two per
 * target pixel, and the reference's (1, GUIDES, H, W) on the reference's lattice, 1 x 1 without
 * one.
 */
final class NetworkModel implements SliceModel {

  private final SrNetwork network;
  private final SlicePreparer preparer;
  private final ParameterStore store;

  /** On the CPU; null on a GPU, where the engine decodes. */
  private final DirectDecoder direct;

  NetworkModel(ModelPackage model, NDManager manager) throws ModelException {
    this(model, !manager.getDevice().isGpu(), manager);
  }

  /**
   * @param decodesDirectly whether the decoder runs without the engine
   */
  NetworkModel(ModelPackage model, boolean decodesDirectly, NDManager manager)
      throws ModelException {
    this(model.loadNetwork(manager), model.loadPrior(manager), decodesDirectly, manager);
  }

  private NetworkModel(
      SrNetwork network, SegmentationNetwork prior, boolean decodesDirectly, NDManager manager) {
    this(network, new SliceNetworks.Local(network, prior, manager), decodesDirectly, manager);
  }

  /**
   * @param network decodes
   * @param networks prepare
   */
  NetworkModel(
      SrNetwork network, SliceNetworks networks, boolean decodesDirectly, NDManager manager) {
    this.network = network;
    preparer = new SlicePreparer(networks, decodesDirectly, manager);
    direct =
        decodesDirectly
            ? new DirectDecoder(
                network.decoderWeights(), Runtime.getRuntime().availableProcessors())
            : null;
    store = new ParameterStore(manager, false);
  }

  @Override
  public SliceFeatures prepare(SliceInput input) {
    return preparer.prepare(input);
  }

  @Override
  public boolean decodeDirectly(SliceFeatures features, View view, Image2 values, Image2 errors) {
    if (direct == null) {
      return false;
    }
    float[][] residual = features.tied ? features.residualRows : null;
    direct.decode(features.direct, residual, view, values, errors);
    return true;
  }

  @Override
  public void close() {
    if (direct != null) {
      direct.close();
    }
  }

  /** Of the decoder's two 3 x 3 convolutions. */
  @Override
  public int halo() {
    return DecoderStrip.HALO;
  }

  @Override
  public NDArray decode(
      SliceFeatures features,
      AxisSampling rows,
      AxisSampling columns,
      NDArray base,
      NDManager scratch) {
    NDArray sampled = AxisSampling.sample(features.maps.get(0), rows, 0.5, columns, 0.5, scratch);
    SliceInput.Reference reference = features.input.reference();
    NDArray guides =
        AxisSampling.sample(
            features.maps.get(1),
            rows,
            reference == null ? 1 : reference.rowRatio(),
            columns,
            reference == null ? 1 : reference.columnRatio(),
            scratch);
    NDArray out =
        network.decode(store, base.expandDims(0).expandDims(0), sampled, guides, false).get(0);
    return out.get(0).stack(SrNetwork.logError(out.get(1)).exp());
  }
}
