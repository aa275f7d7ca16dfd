package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One data element.
 *
 * @param tag group in the high 16 bits, element in the low
 * @param vr value representation: of the file, or of the dictionary where the file has none
 * @param value the value's bytes in the file's byte order; empty for sequences and fragments
 * @param items items of a sequence
 * @param fragments compressed pixel fragments, the basic offset table first; empty where native
 */
public record DicomElement(
    int tag, Vr vr, ByteBuffer value, List<DicomDataset> items, List<ByteBuffer> fragments) {

  public DicomElement {
    items = List.copyOf(items);
    fragments = List.copyOf(fragments);
  }

  DicomElement(int tag, Vr vr, ByteBuffer value) {
    this(tag, vr, value, List.of(), List.of());
  }

  DicomElement withItems(List<DicomDataset> others) {
    return new DicomElement(tag, vr, value, others, fragments);
  }

  /** The same with a value of its own, which keeps no file in memory. */
  DicomElement alone() {
    boolean own =
        value.hasArray() && value.arrayOffset() == 0 && value.array().length == value.limit();
    if (own) {
      return this;
    }
    byte[] copy = new byte[value.limit()];
    value.get(0, copy);
    return new DicomElement(tag, vr, ByteBuffer.wrap(copy).order(value.order()), items, fragments);
  }

  /** The same, with all that its items hold, as an element of another data set. */
  DicomElement within(DicomDataset enclosing) {
    DicomElement alone = alone();
    return items.isEmpty()
        ? alone
        : alone.withItems(items.stream().map(item -> item.within(enclosing)).toList());
  }

  /** The numbers of a binary VR. */
  double[] numbers() {
    double[] numbers = new double[value.limit() / vr.size()];
    for (int n = 0; n < numbers.length; n++) {
      numbers[n] =
          switch (vr) {
            case US -> value.getShort(2 * n) & 0xffff;
            case SS -> value.getShort(2 * n);
            case UL -> value.getInt(4 * n) & 0xffffffffL;
            case SL -> value.getInt(4 * n);
            case FL -> value.getFloat(4 * n);
            case FD -> value.getDouble(8 * n);
            case SV -> value.getLong(8 * n);
            case UV -> unsigned(value.getLong(8 * n));
            case AT ->
                ((value.getShort(4 * n) & 0xffffL) << 16) | (value.getShort(4 * n + 2) & 0xffff);
            default -> throw new IllegalStateException(vr + " holds no binary numbers");
          };
    }
    return numbers;
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * (bits >>> 1);
  }
}
