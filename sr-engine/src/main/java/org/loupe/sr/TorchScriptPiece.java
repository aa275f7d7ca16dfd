package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.loupe.sr.model.TorchScriptManifest;

/** What a graph is given for the output pixels of one piece. Arrays live in the scratch manager. */
final class TorchScriptPiece {

  /** The samples {@code from} to {@code to} of an axis of the padded slice. */
  private record Span(int from, int to) {}

  private final TorchScriptManifest manifest;
  private final SliceInput input;
  private final AxisSampling rows;
  private final AxisSampling columns;
  private final NDManager scratch;
  private final Span down;
  private final Span across;

  TorchScriptPiece(
      TorchScriptManifest manifest,
      SliceInput input,
      AxisSampling rows,
      AxisSampling columns,
      NDManager scratch) {
    this.manifest = manifest;
    this.input = input;
    this.rows = rows;
    this.columns = columns;
    this.scratch = scratch;
    down = span(rows, input.target().height());
    across = span(columns, input.target().width());
  }

  /**
   * What the piece needs of an axis: whole multiples, so that a graph that halves its maps halves
   * them alike in every piece.
   */
  private Span span(AxisSampling axis, int size) {
    int multiple = manifest.multiple();
    int blocks = Math.ceilDiv(size, multiple);
    Integer field = manifest.receptiveField();
    if (field == null) {
      return new Span(0, blocks * multiple);
    }
    double first = axis.from() * axis.step() - field;
    double last = (axis.from() + axis.count() - 1) * axis.step() + field;
    int from = Math.clamp((long) Math.floor(first / multiple), 0, blocks - 1);
    int to = Math.clamp((long) Math.floor(last / multiple) + 1, from + 1, blocks);
    return new Span(from * multiple, to * multiple);
  }

  /** The part of a map (1, C, f h, f w) of the padded slice that the piece needs. */
  NDArray window(NDArray map) {
    int size = Math.ceilDiv(input.target().height(), manifest.multiple()) * manifest.multiple();
    int factor = (int) (map.getShape().get(2) / size);
    NDArray part =
        map.get(
            new NDIndex(
                ":, :, {}:{}, {}:{}",
                factor * down.from,
                factor * down.to,
                factor * across.from,
                factor * across.to));
    part.attach(scratch);
    return part;
  }

  /** (1, rows, columns, 2): column and row of each output pixel, in the window. */
  NDArray coordinates() {
    float[] xs = positions(columns, across);
    float[] ys = positions(rows, down);
    float[] pairs = new float[2 * xs.length * ys.length];
    for (int y = 0; y < ys.length; y++) {
      for (int x = 0; x < xs.length; x++) {
        pairs[2 * (y * xs.length + x)] = xs[x];
        pairs[2 * (y * xs.length + x) + 1] = ys[y];
      }
    }
    return scratch.create(pairs, new Shape(1, ys.length, xs.length, 2));
  }

  private float[] positions(AxisSampling axis, Span span) {
    boolean grid = manifest.coordinates() == TorchScriptManifest.Coordinates.GRID;
    float[] positions = new float[axis.count()];
    for (int i = 0; i < positions.length; i++) {
      double pixel = (axis.from() + i) * axis.step() - span.from;
      positions[i] = (float) (grid ? (2 * pixel + 1) / (span.to - span.from) - 1 : pixel);
    }
    return positions;
  }

  /** (1, 2): target columns and rows per output pixel. */
  NDArray step() {
    return scratch.create(
        new float[] {(float) columns.step(), (float) rows.step()}, new Shape(1, 2));
  }

  /**
   * (rows, columns): the reference at the output pixels; zeros without one.
   *
   * @param guide (H, W) on the reference's lattice; null without one
   */
  NDArray reference(NDArray guide) {
    if (guide == null) {
      return scratch.zeros(new Shape(rows.count(), columns.count()));
    }
    SliceInput.Reference r = input.reference();
    return SlicePreparer.cubic(
        guide,
        rows.from() * rows.step() / r.rowRatio(),
        rows.step() / r.rowRatio(),
        rows.count(),
        columns.from() * columns.step() / r.columnRatio(),
        columns.step() / r.columnRatio(),
        columns.count(),
        scratch);
  }
}
