package org.loupe.sr;

import java.util.Arrays;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Image2;
import org.loupe.sr.model.DecoderWeights;

/**
 * One rectangle on its way through the decoder, row by row. With input row r known, the first
 * convolution can make its row r - 1 and the second its row r - 2, so three rows of each are kept,
 * in rings of three: row r lies at r mod 3. The input rows reach two pixels beyond the rectangle on
 * every side, those of the first convolution one.
 */
final class DecoderStrip {

  private static final int RING = 3;

  /** Reach of the two convolutions, output pixels. */
  static final int HALO = 2;

  private final DecoderWeights weights;
  private final View area;
  private final MapSampler features;
  private final MapSampler guides;
  private final ZeroFilling target;
  private final ZeroFilling residual;

  /** Input rows: guides, base, guidance. */
  private final ShiftedRow[][] input;

  /** The encoder's features under each kept row. */
  private final float[][][] added;

  /** Base plus guidance plus residual: what the head's result is added to. */
  private final float[][] picture;

  private final ShiftedRow[][] hidden;
  private final float[][] deeper;
  private final float[] change;
  private final float[] error;

  DecoderStrip(DecoderWeights weights, DirectSlice slice, float[][] residual, View area) {
    this.weights = weights;
    this.area = area;
    int columns = area.width() + 2 * HALO;
    int rows = area.height() + 2 * HALO;
    int left = area.x() - HALO;
    int top = area.y() - HALO;
    features =
        new MapSampler(
            slice.features(), area.rowStep(), top, rows, area.columnStep(), left, columns);
    guides =
        new MapSampler(slice.guides(), area.rowStep(), top, rows, area.columnStep(), left, columns);
    float[][] columnWeights = zeroFillColumns(slice.target()[0].length, left, columns);
    float[] rowWeights =
        AxisMatrix.bandLimited(
            AxisMatrix.positions(top * area.rowStep(), area.rowStep(), rows),
            slice.target().length,
            slice.target().length);
    target = new ZeroFilling(slice.target(), rowWeights, columnWeights);
    this.residual = residual == null ? null : new ZeroFilling(residual, rowWeights, columnWeights);
    input = new ShiftedRow[RING][weights.guides() + 2];
    hidden = new ShiftedRow[RING][weights.hidden()];
    for (int i = 0; i < RING; i++) {
      Arrays.setAll(input[i], c -> new ShiftedRow(area.width() + 2));
      Arrays.setAll(hidden[i], c -> new ShiftedRow(area.width()));
    }
    added = new float[RING][weights.hidden()][area.width() + 2];
    picture = new float[RING][columns];
    deeper = new float[weights.hidden()][area.width()];
    change = new float[area.width()];
    error = new float[area.width()];
  }

  /** The weights of every target column at the strip's columns: (target columns, columns). */
  private float[][] zeroFillColumns(int size, int left, int columns) {
    float[] matrix =
        AxisMatrix.bandLimited(
            AxisMatrix.positions(left * area.columnStep(), area.columnStep(), columns), size, size);
    float[][] transposed = new float[size][columns];
    for (int x = 0; x < columns; x++) {
      for (int j = 0; j < size; j++) {
        transposed[j][x] = matrix[x * size + j];
      }
    }
    return transposed;
  }

  /**
   * Runs the strip.
   *
   * @param offset where its first pixel lies in both images
   */
  void run(Image2 values, Image2 errors, int offset) {
    for (int r = 0; r < area.height() + 2 * HALO; r++) {
      read(r);
      if (r >= 2) {
        first(r - 1);
      }
      if (r >= 2 * HALO) {
        second(r - 2);
        int to = offset + (r - 2 * HALO) * values.width();
        System.arraycopy(change, 0, values.values(), to, change.length);
        System.arraycopy(error, 0, errors.values(), to, error.length);
      }
    }
  }

  /** Makes input row r. */
  private void read(int r) {
    int ring = r % RING;
    ShiftedRow[] in = input[ring];
    int count = weights.guides();
    float[][] sampled = features.row(r);
    float[][] guide = guides.row(r);
    float[] base = in[count].left;
    float[] guidance = in[count + 1].left;
    Arrays.fill(guidance, 0);
    for (int k = 0; k < count; k++) {
      System.arraycopy(guide[k], 0, in[k].left, 0, guidance.length);
      RowKernels.addProduct(guidance, guidance.length, sampled[weights.hidden() + k], guide[k]);
    }
    Arrays.fill(base, 0);
    target.add(r, base);
    for (ShiftedRow row : in) {
      row.shift();
    }
    for (int o = 0; o < weights.hidden(); o++) {
      System.arraycopy(sampled[o], 1, added[ring][o], 0, added[ring][o].length);
    }
    float[] sum = picture[ring];
    System.arraycopy(base, 0, sum, 0, sum.length);
    RowKernels.add(sum, sum.length, 1, guidance);
    if (residual != null) {
      residual.add(r, sum);
    }
  }

  /** Row r of the first convolution, with the encoder's features added. */
  private void first(int r) {
    ShiftedRow[] above = input[(r - 1) % RING];
    ShiftedRow[] here = input[r % RING];
    ShiftedRow[] below = input[(r + 1) % RING];
    int n = area.width() + 2;
    ShiftedRow[] out = hidden[r % RING];
    for (int o = 0; o < out.length; o++) {
      System.arraycopy(added[r % RING][o], 0, out[o].left, 0, n);
      RowKernels.add(out[o].left, n, weights.firstBias()[o]);
    }
    // An input's nine rows and all sums fit the first cache; all inputs' rows would not.
    for (int i = 0; i < here.length; i++) {
      for (int o = 0; o < out.length; o++) {
        int k = (o * here.length + i) * 9;
        RowKernels.add3x3(out[o].left, n, above[i], here[i], below[i], weights.first(), k);
      }
    }
    for (ShiftedRow row : out) {
      RowKernels.rectify(row.left, n);
      row.shift();
    }
  }

  /** Row r of the second convolution and of the result. */
  private void second(int r) {
    ShiftedRow[] above = hidden[(r - 1) % RING];
    ShiftedRow[] here = hidden[r % RING];
    ShiftedRow[] below = hidden[(r + 1) % RING];
    int n = area.width();
    int count = weights.hidden();
    System.arraycopy(picture[r % RING], HALO, change, 0, n);
    RowKernels.add(change, n, weights.lastBias()[0]);
    Arrays.fill(error, weights.lastBias()[1]);
    for (int o = 0; o < count; o++) {
      Arrays.fill(deeper[o], weights.secondBias()[o]);
    }
    for (int i = 0; i < count; i++) {
      for (int o = 0; o < count; o++) {
        int k = (o * count + i) * 9;
        RowKernels.add3x3(deeper[o], n, above[i], here[i], below[i], weights.second(), k);
      }
    }
    for (int o = 0; o < count; o++) {
      RowKernels.rectify(deeper[o], n);
      RowKernels.add(change, n, weights.last()[o], deeper[o]);
      RowKernels.add(error, n, weights.last()[count + o], deeper[o]);
    }
    for (int x = 0; x < n; x++) {
      error[x] = ExpectedError.of(error[x]);
    }
  }
}
