package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.loupe.image.AxisMatrix;
import org.loupe.sr.model.TorchScriptManifest;
import org.loupe.sr.model.TorchScriptManifest.Input;
import org.loupe.sr.model.TorchScriptManifest.Normalisation;

/**
 * What graphs are given of one slice, whatever the zoom. Arrays live in the manager of the slice.
 */
final class TorchScriptInputs {

  private final TorchScriptManifest manifest;
  private final SliceInput input;
  private final float scale;
  private final NDArray low;
  private final NDArray guide;
  private final NDArray prior;
  private final NDManager scratch;
  private final int height;
  private final int width;
  private final float offset;
  private final float divisor;

  /**
   * @param scale units of the target per unit of {@code low}
   * @param low (h, w): the target, divided by its percentile
   * @param guide (H, W): the reference, divided by its percentile; null without one
   * @param prior (3, ., .): tissues on the prior's lattice; null where unknown
   */
  TorchScriptInputs(
      TorchScriptManifest manifest,
      SliceInput input,
      float scale,
      NDArray low,
      NDArray guide,
      NDArray prior) {
    this.manifest = manifest;
    this.input = input;
    this.scale = scale;
    this.low = low;
    this.guide = guide;
    this.prior = prior;
    scratch = low.getManager();
    height = padded(input.target().height());
    width = padded(input.target().width());
    offset = offset(low);
    divisor = divisor(low);
  }

  private int padded(int size) {
    return Math.ceilDiv(size, manifest.multiple()) * manifest.multiple();
  }

  /** Rows and columns of the slice that graphs are given. */
  Shape padded() {
    return new Shape(height, width);
  }

  /** (2): what {@code low} is shifted by, then divided by. */
  NDArray normaliser() {
    return scratch.create(new float[] {offset, divisor});
  }

  private float offset(NDArray image) {
    return manifest.normalisation() == Normalisation.Z_SCORE ? image.mean().getFloat() : 0;
  }

  /** 1 for an image without contrast. */
  private float divisor(NDArray image) {
    float divisor =
        switch (manifest.normalisation()) {
          case PERCENTILE -> 1;
          case MAXIMUM -> image.max().getFloat();
          case Z_SCORE -> (float) Math.sqrt(image.sub(image.mean()).square().mean().getFloat());
        };
    return divisor > 0 ? divisor : 1;
  }

  /** (H, W): the reference on its own lattice, normalised for the graph. */
  NDArray normalisedGuide() {
    return guide.sub(offset(guide)).div(divisor(guide));
  }

  /** What a graph is given of the slice, in its order, each under its name. */
  NDList of(TorchScriptManifest.Graph graph) {
    NDList given = new NDList();
    for (Input wanted : graph.inputs()) {
      NDArray array =
          switch (wanted) {
            case TARGET -> padded(normalised(low).expandDims(0));
            case NEIGHBOURS -> padded(neighbour(true).stack(neighbour(false)));
            case REFERENCE -> reference();
            case PRIOR ->
                prior == null
                    ? scratch.zeros(new Shape(1, 3, height, width))
                    : padded(SlicePreparer.onTarget(prior, input.target(), scratch));
            case COORDINATES, STEP, BASE, OUTPUT_REFERENCE, FEATURES -> null;
          };
      if (array != null) {
        array.setName(wanted.toString());
        given.add(array);
      }
    }
    return given;
  }

  private NDArray normalised(NDArray image) {
    return image.sub(offset).div(divisor);
  }

  private NDArray neighbour(boolean before) {
    return normalised(
        SlicePreparer.neighbour(before ? input.previous() : input.next(), low, scale));
  }

  /** (C, h, w) to (1, C, height, width), edges repeated. */
  private NDArray padded(NDArray maps) {
    NDArray batch = maps.expandDims(0);
    Shape shape = batch.getShape();
    if (shape.get(2) == height && shape.get(3) == width) {
      return batch;
    }
    return edge(shape.get(2), height).matMul(batch).matMul(edge(shape.get(3), width).transpose());
  }

  private NDArray edge(long size, int count) {
    float[] matrix = AxisMatrix.linear(AxisMatrix.positions(0, 1, count), (int) size);
    return scratch.create(matrix, new Shape(count, size));
  }

  /** Sample i of the finer lattice lies at target position (i + 1/2) / factor - 1/2. */
  private NDArray reference() {
    int factor = manifest.reference().factor();
    if (guide == null) {
      return scratch.zeros(new Shape(1, 1, (long) factor * height, (long) factor * width));
    }
    SliceInput.Reference r = input.reference();
    double first = 0.5 / factor - 0.5;
    return SlicePreparer.cubic(
            normalisedGuide(),
            first / r.rowRatio(),
            1 / r.rowRatio() / factor,
            factor * height,
            first / r.columnRatio(),
            1 / r.columnRatio() / factor,
            factor * width,
            scratch)
        .expandDims(0)
        .expandDims(0);
  }
}
