package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.model.SrNetwork;

/**
 * Loupe's own network. Of a slice it keeps the encoder's features (1, SAMPLED, 2h, 2w), two per
 * target pixel, and the reference's (1, GUIDES, H, W) on the reference's lattice, 1 x 1 without
 * one; then the same two of its mirror image, where asked for, lying where the slice's own do.
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
  public SliceFeatures prepare(SliceInput input, Passes passes) {
    return preparer.prepare(input, passes);
  }

  @Override
  public boolean decodeDirectly(SliceFeatures features, View view, Image2 values, Image2 errors) {
    if (direct == null) {
      return false;
    }
    float[][] residual = features.tied ? features.residualRows : null;
    List<DirectSlice> slices = features.direct;
    direct.decode(slices.getFirst(), /* mirrored= */ false, residual, view, values, errors);
    if (slices.size() > 1) {
      Image2 mirrored = new Image2(view.width(), view.height());
      Image2 mirroredErrors = new Image2(view.width(), view.height());
      direct.decode(slices.getLast(), true, residual, view, mirrored, mirroredErrors);
      toMean(values.values(), mirrored.values());
      toMean(errors.values(), mirroredErrors.values());
    }
    return true;
  }

  private static void toMean(float[] one, float[] other) {
    for (int i = 0; i < one.length; i++) {
      one[i] = 0.5f * (one[i] + other[i]);
    }
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
    NDList maps = features.maps;
    NDArray image = base.expandDims(0).expandDims(0);
    NDArray guides = guides(maps.get(1), features.input.reference(), rows, columns, scratch);
    NDArray sampled = AxisSampling.sample(maps.get(0), rows, 0.5, columns, 0.5, scratch);
    NDArray out = decode(image, sampled, guides);
    if (maps.size() == 2) {
      return out;
    }
    NDArray otherGuides = guides(maps.get(3), features.input.reference(), rows, columns, scratch);
    NDArray other = AxisSampling.sample(maps.get(2), rows, 0.5, columns, 0.5, scratch);
    NDArray mirrored = decode(image.flip(3), other.flip(3), otherGuides.flip(3)).flip(2);
    return out.add(mirrored).div(2);
  }

  private static NDArray guides(
      NDArray maps,
      SliceInput.Reference reference,
      AxisSampling rows,
      AxisSampling columns,
      NDManager scratch) {
    double down = reference == null ? 1 : reference.rowRatio();
    double across = reference == null ? 1 : reference.columnRatio();
    return AxisSampling.sample(maps, rows, down, columns, across, scratch);
  }

  /** (2, rows, columns): the picture and its expected error. */
  private NDArray decode(NDArray base, NDArray sampled, NDArray guides) {
    NDArray out = network.decode(store, base, sampled, guides, false).get(0);
    return out.get(0).stack(SrNetwork.logError(out.get(1)).exp());
  }
}
