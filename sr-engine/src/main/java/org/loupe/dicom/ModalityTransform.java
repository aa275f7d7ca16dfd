package org.loupe.dicom;

import java.util.List;
import java.util.OptionalDouble;

/**
 * From stored values to those of the modality (PS3.3 C.11.1): a look-up table, or slope and
 * intercept. Pixel padding is taken out of the image: it becomes the smallest value that is none.
 *
 * @param slope Rescale Slope; 1 where there is none
 * @param intercept Rescale Intercept
 * @param table Modality LUT; null for none
 * @param paddingLow smallest stored value that is padding
 * @param paddingHigh largest stored value that is padding; less than the smallest for none
 */
record ModalityTransform(
    double slope, double intercept, LookupTable table, int paddingLow, int paddingHigh) {

  /** The transform of a frame. */
  static ModalityTransform of(FrameTags tags, boolean signed) throws DicomException {
    double slope = tags.number(Tag.RESCALE_SLOPE).orElse(1);
    double intercept = tags.number(Tag.RESCALE_INTERCEPT).orElse(0);
    LookupTable table = null;
    List<DicomDataset> luts = tags.items(Tag.MODALITY_LUT_SEQUENCE);
    if (!luts.isEmpty() && tags.number(Tag.RESCALE_SLOPE).isEmpty()) {
      table = LookupTable.of(luts.get(0), signed);
    }
    OptionalDouble padding = tags.number(Tag.PIXEL_PADDING_VALUE);
    int low = 0;
    int high = -1;
    if (padding.isPresent()) {
      int value = sign(padding.getAsDouble(), signed);
      int limit =
          sign(tags.number(Tag.PIXEL_PADDING_RANGE_LIMIT).orElse(padding.getAsDouble()), signed);
      low = Math.min(value, limit);
      high = Math.max(value, limit);
    }
    // A slope of zero is a mistake that would leave nothing of the image.
    return new ModalityTransform(slope == 0 ? 1 : slope, intercept, table, low, high);
  }

  private static int sign(double value, boolean signed) {
    return signed ? (short) (int) value : (int) value;
  }

  /** Stored values of a frame as they are, NaN where there is padding. */
  double[] unpadded(int[] stored) {
    double[] values = new double[stored.length];
    for (int n = 0; n < stored.length; n++) {
      boolean padding = stored[n] >= paddingLow && stored[n] <= paddingHigh;
      values[n] = padding ? Double.NaN : stored[n];
    }
    return values;
  }

  /** Values of a frame in the units of the modality. */
  float[] apply(int[] stored, boolean unsigned32) {
    float[] values = new float[stored.length];
    float smallest = Float.POSITIVE_INFINITY;
    boolean padded = false;
    for (int n = 0; n < stored.length; n++) {
      int s = stored[n];
      double value = unsigned32 ? s & 0xffffffffL : s;
      values[n] = (float) (table == null ? value * slope + intercept : table.apply(s));
      if (s >= paddingLow && s <= paddingHigh) {
        padded = true;
      } else {
        smallest = Math.min(smallest, values[n]);
      }
    }
    // Where all is padding the image is what is stored: it is likelier that the tag is wrong.
    if (padded && smallest < Float.POSITIVE_INFINITY) {
      for (int n = 0; n < stored.length; n++) {
        if (stored[n] >= paddingLow && stored[n] <= paddingHigh) {
          values[n] = smallest;
        }
      }
    }
    return values;
  }
}
