package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.List;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Statistics;
import org.loupe.sr.model.DualArbNetwork;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;

/** The published peer. Of a slice it keeps the maps of target and reference. */
final class DualArbModel implements SliceModel {

  private final String label;
  private final DualArbNetwork network;
  private final NDManager manager;
  private final ParameterStore store;

  DualArbModel(ModelPackage model, NDManager manager) throws ModelException {
    label = model.label();
    network = model.loadDualArb(manager);
    this.manager = manager;
    store = new ParameterStore(manager, false);
  }

  @Override
  public SliceFeatures prepare(SliceInput input, Passes passes) {
    if (input.reference() == null) {
      throw new IllegalStateException(
          "model " + label + " needs a reference that covers the slice");
    }
    NDManager kept = manager.newSubManager();
    try (NDManager scratch = manager.newSubManager()) {
      float scale = Statistics.normal(input.target());
      NDArray low = SlicePreparer.array(input.target(), scale, scratch);
      float guideScale = Statistics.normal(input.reference().image());
      NDArray guide = SlicePreparer.array(input.reference().image(), guideScale, scratch);
      NDList maps =
          new NDList(
              network.target(store, image(low), false),
              network.reference(store, image(guide), false));
      return new SliceFeatures(kept, input, scale, low, maps, List.of(), null);
    } catch (RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  private static NDArray image(NDArray pixels) {
    return pixels.expandDims(0).expandDims(0);
  }

  @Override
  public int halo() {
    return network.halo();
  }

  /** The decoder's attention pools over the whole picture. */
  @Override
  public int piece() {
    return Integer.MAX_VALUE / 4;
  }

  @Override
  public NDArray decode(
      SliceFeatures features,
      AxisSampling rows,
      AxisSampling columns,
      NDArray base,
      NDManager scratch) {
    SliceInput.Reference reference = features.input.reference();
    NDArray target = AxisSampling.sample(features.maps.get(0), rows, 1, columns, 1, scratch);
    NDArray guide =
        AxisSampling.sample(
            features.maps.get(1),
            rows,
            reference.rowRatio(),
            columns,
            reference.columnRatio(),
            scratch);
    double ratio = Math.sqrt(rows.step() * columns.step());
    NDArray places =
        DualArbNetwork.coordinates(
            positions(rows, scratch).reshape(1, 1, -1, 1),
            positions(columns, scratch).reshape(1, 1, 1, -1),
            ratio,
            ratio / Math.sqrt(reference.rowRatio() * reference.columnRatio()));
    NDArray picture = network.decode(store, target, guide, places, false).get(0).get(0);
    return picture.stack(scratch.full(picture.getShape(), Float.NaN));
  }

  private static NDArray positions(AxisSampling axis, NDManager scratch) {
    double[] positions = AxisMatrix.positions(axis.from() * axis.step(), axis.step(), axis.count());
    float[] values = new float[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) positions[i];
    }
    return scratch.create(values, new Shape(values.length));
  }
}
