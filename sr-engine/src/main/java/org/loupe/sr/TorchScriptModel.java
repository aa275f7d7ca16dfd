package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.Statistics;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.TorchScriptGraph;
import org.loupe.sr.model.TorchScriptManifest;
import org.loupe.sr.model.TorchScriptManifest.Input;
import org.loupe.sr.prior.PriorSegmenter;

/**
 * Graphs of somebody else's, run as their manifest says: see {@link TorchScriptManifest}. Of a
 * slice it keeps, each under its name, the normaliser, the reference where output pixels are to be
 * taken from it, and either the encoder's features or what a single graph is given of every slice.
 */
final class TorchScriptModel implements SliceModel {

  /** (2): what the target is shifted by, then divided by. */
  private static final String NORMALISER = "normaliser";

  /** (H, W): the reference on its own lattice, as the graph's normalisation has it. */
  private static final String GUIDE = "guide";

  private final String label;
  private final TorchScriptManifest manifest;
  private final NDManager manager;

  /** Null for a single graph. */
  private final TorchScriptGraph encoder;

  private final TorchScriptGraph last;

  /** Null where the package has none. */
  private final PriorSegmenter segmenter;

  private TorchScriptModel(ModelPackage model, NDManager manager) throws ModelException {
    this.manager = manager;
    label = "model " + model.label();
    manifest = model.manifest().torchscript();
    encoder =
        manifest.encoder() == null
            ? null
            : TorchScriptGraph.load(model, manifest.encoder().file(), manager);
    last = TorchScriptGraph.load(model, manifest.last().file(), manager);
    segmenter =
        manifest.takes(Input.PRIOR) && model.hasPrior()
            ? new PriorSegmenter(model.loadPrior(manager), manager)
            : null;
  }

  /**
   * Loads a package's graphs and runs them once, so that graphs that do not fit their manifest are
   * told of before a picture is asked for.
   */
  static TorchScriptModel load(ModelPackage model, NDManager manager) throws ModelException {
    if (model.manifest().torchscript() == null) {
      throw new ModelException("model " + model.label() + ": torchscript is missing");
    }
    model.manifest().torchscript().check(model.label());
    TorchScriptModel loaded = new TorchScriptModel(model, manager);
    TorchScriptTrial.run(loaded, loaded.label, manager);
    return loaded;
  }

  @Override
  public SliceFeatures prepare(SliceInput input, Passes passes) {
    if (input.reference() == null && manifest.reference().required()) {
      throw new IllegalStateException(label + " needs a reference that covers the slice");
    }
    NDManager kept = manager.newSubManager();
    try (NDManager scratch = manager.newSubManager()) {
      float scale = Statistics.normal(input.target());
      NDArray low = SlicePreparer.array(input.target(), scale, scratch);
      NDArray guide = guide(input, scratch);
      NDArray prior = prior(input, low, guide, scratch);
      TorchScriptInputs inputs = new TorchScriptInputs(manifest, input, scale, low, guide, prior);
      NDList maps = new NDList(named(inputs.normaliser(), NORMALISER));
      if (manifest.last().inputs().contains(Input.OUTPUT_REFERENCE) && guide != null) {
        maps.add(named(inputs.normalisedGuide(), GUIDE));
      }
      maps.addAll(encoder == null ? inputs.of(manifest.graph()) : encode(inputs, scratch));
      SlicePrior shown = prior == null ? null : SlicePreparer.slicePrior(prior, input.target());
      return new SliceFeatures(kept, input, scale, low, maps, List.of(), shown);
    } catch (RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  private NDList encode(TorchScriptInputs inputs, NDManager scratch) {
    Shape padded = inputs.padded();
    List<Shape> shapes =
        manifest.encoder().outputs().stream()
            .map(
                o ->
                    new Shape(
                        1,
                        o.channels(),
                        Math.round(o.factor() * padded.get(0)),
                        Math.round(o.factor() * padded.get(1))))
            .toList();
    NDList features = encoder.run(inputs.of(manifest.encoder()), shapes, scratch);
    features.forEach(f -> f.setName(Input.FEATURES.toString()));
    return features;
  }

  /** The reference, divided by its percentile; null without one. */
  private static NDArray guide(SliceInput input, NDManager scratch) {
    if (input.reference() == null) {
      return null;
    }
    Image2 image = input.reference().image();
    return SlicePreparer.array(image, Statistics.normal(image), scratch);
  }

  /** (3, h, w) on the prior's lattice; null where nothing tells of tissues or nobody asks. */
  private NDArray prior(SliceInput input, NDArray low, NDArray guide, NDManager scratch) {
    boolean known = input.labels() != null || segmenter != null;
    return known && manifest.takes(Input.PRIOR)
        ? SlicePreparer.prior(segmenter, input, low, guide, scratch)
        : null;
  }

  private static NDArray named(NDArray array, String name) {
    array.setName(name);
    return array;
  }

  @Override
  public boolean consistent() {
    return manifest.consistency();
  }

  @Override
  public int halo() {
    return manifest.halo();
  }

  @Override
  public NDArray decode(
      SliceFeatures features,
      AxisSampling rows,
      AxisSampling columns,
      NDArray base,
      NDManager scratch) {
    NDList maps = features.maps;
    float[] normaliser = maps.get(NORMALISER).toFloatArray();
    float offset = normaliser[0];
    float divisor = normaliser[1];
    TorchScriptPiece piece = new TorchScriptPiece(manifest, features.input, rows, columns, scratch);
    NDList inputs = new NDList();
    for (Input input : manifest.last().inputs()) {
      switch (input) {
        case COORDINATES -> inputs.add(named(piece.coordinates(), input.toString()));
        case STEP -> inputs.add(named(piece.step(), input.toString()));
        case BASE -> inputs.add(named(image(base.sub(offset).div(divisor)), input.toString()));
        case OUTPUT_REFERENCE -> {
          NDArray guide = features.input.reference() == null ? null : maps.get(GUIDE);
          inputs.add(named(image(piece.reference(guide)), input.toString()));
        }
        case FEATURES -> maps.stream().filter(m -> is(m, input)).forEach(inputs::add);
        default -> inputs.add(named(piece.window(maps.get(input.toString())), input.toString()));
      }
    }
    long channels = manifest.expectedError() ? 2 : 1;
    Shape shape = new Shape(1, channels, rows.count(), columns.count());
    NDArray out = last.run(inputs, List.of(shape), scratch).get(0).get(0);
    NDArray picture = out.get(0).mul(divisor);
    picture = manifest.residual() ? picture.add(base) : picture.add(offset);
    NDArray error =
        manifest.expectedError()
            ? out.get(1).exp().mul(divisor)
            : scratch.full(picture.getShape(), Float.NaN);
    return NDArrays.stack(new NDList(picture, error));
  }

  private static boolean is(NDArray map, Input input) {
    return map.getName().equals(input.toString());
  }

  private static NDArray image(NDArray pixels) {
    return pixels.expandDims(0).expandDims(0);
  }
}
