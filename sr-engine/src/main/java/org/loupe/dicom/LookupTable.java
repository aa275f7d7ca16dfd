package org.loupe.dicom;

import java.nio.ByteBuffer;

/**
 * A look-up table of the Modality or VOI LUT module (PS3.3 C.11.1.1, C.11.2.1).
 *
 * @param first input that the first entry stands for; smaller ones get it too
 * @param bits bits of an entry
 * @param entries outputs
 */
public record LookupTable(int first, int bits, int[] entries) {

  /**
   * The table of a sequence item.
   *
   * @param signed whether inputs have a sign
   * @throws DicomException where the table is broken
   */
  static LookupTable of(DicomDataset item, boolean signed) throws DicomException {
    double[] descriptor = item.numbers(Tag.LUT_DESCRIPTOR);
    DicomElement data = item.get(Tag.LUT_DATA);
    if (descriptor.length != 3 || data == null) {
      throw new DicomException("it has a look-up table without descriptor or data");
    }
    // 0 stands for 65536 entries; 8-bit entries are one byte or two.
    int declared = (int) descriptor[0] & 0xffff;
    int count = declared == 0 ? 65536 : declared;
    ByteBuffer value = data.value();
    boolean bytes = value.limit() < 2 * count;
    if (value.limit() < (bytes ? count : 2 * count)) {
      throw new DicomException("it has a look-up table of too few entries");
    }
    int[] entries = new int[count];
    for (int n = 0; n < count; n++) {
      entries[n] = bytes ? value.get(n) & 0xff : value.getShort(2 * n) & 0xffff;
    }
    int first = (int) descriptor[1];
    return new LookupTable(signed ? (short) first : first & 0xffff, (int) descriptor[2], entries);
  }

  /** The output of an input; beyond the ends that of the end. */
  public int apply(int input) {
    return entries[Math.clamp((long) input - first, 0, entries.length - 1)];
  }
}
