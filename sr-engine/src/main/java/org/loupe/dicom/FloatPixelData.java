package org.loupe.dicom;

import java.nio.ByteBuffer;

/**
 * Pixels in floating point, of 32 or 64 bits (PS3.3 C.7.6.24 and C.7.6.25): those of parametric
 * maps. They are never compressed.
 */
final class FloatPixelData {

  private final ByteBuffer bytes;
  private final boolean singles;
  private final int pixels;
  private final double paddingLow;
  private final double paddingHigh;

  /**
   * @throws DicomException where there are too few
   */
  FloatPixelData(DicomFile file) throws DicomException {
    DicomDataset d = file.dataset();
    singles = d.get(Tag.FLOAT_PIXEL_DATA) != null;
    bytes = d.get(singles ? Tag.FLOAT_PIXEL_DATA : Tag.DOUBLE_FLOAT_PIXEL_DATA).value();
    long area = (long) d.integer(Tag.COLUMNS, 0) * d.integer(Tag.ROWS, 0);
    double padding =
        d.number(singles ? Tag.FLOAT_PIXEL_PADDING : Tag.DOUBLE_FLOAT_PIXEL_PADDING)
            .orElse(Double.NaN);
    double limit =
        d.number(singles ? Tag.FLOAT_PIXEL_PADDING_LIMIT : Tag.DOUBLE_FLOAT_PIXEL_PADDING_LIMIT)
            .orElse(padding);
    paddingLow = Math.min(padding, limit);
    paddingHigh = Math.max(padding, limit);
    long frames = Math.max(1, d.integer(Tag.NUMBER_OF_FRAMES, 1));
    long need = frames * area * (singles ? Float.BYTES : Double.BYTES);
    // Both are held by what there is of bytes.
    pixels = (int) area;
    if (area < 0 || need < area || bytes.limit() < need) {
      throw new DicomException(
          file.damage().isEmpty()
              ? "truncated: %d bytes of pixels in place of %d".formatted(bytes.limit(), need)
              : file.damage());
    }
  }

  /** Whether a data set has such pixels. */
  static boolean in(DicomDataset dataset) {
    return dataset.get(Tag.FLOAT_PIXEL_DATA) != null
        || dataset.get(Tag.DOUBLE_FLOAT_PIXEL_DATA) != null;
  }

  /** Values of a frame (0-based), row by row; NaN for padding. */
  double[] stored(int frame) {
    double[] values = new double[pixels];
    int first = frame * pixels;
    for (int n = 0; n < pixels; n++) {
      double value =
          singles
              ? bytes.getFloat(Float.BYTES * (first + n))
              : bytes.getDouble(Double.BYTES * (first + n));
      values[n] = value >= paddingLow && value <= paddingHigh ? Double.NaN : value;
    }
    return values;
  }
}
