package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Elements as they were read, of any byte order and character set, turned into those that {@link
 * DicomWriter} writes: little endian, text in UTF-8, items of sequences alike.
 */
final class Recoder {

  private Recoder() {}

  /** The element of a data set. */
  static DicomElement recode(DicomDataset owner, DicomElement e) {
    List<DicomDataset> items = e.items().stream().map(Recoder::recode).toList();
    return new DicomElement(e.tag(), e.vr(), value(owner, e), items, e.fragments());
  }

  /** The whole data set, without group lengths. Its character set is UTF-8. */
  static DicomDataset recode(DicomDataset dataset) {
    DicomDataset recoded = new DicomDataset(null);
    for (DicomElement e : dataset.elements()) {
      boolean length = (e.tag() & 0xffff) == 0;
      if (!length && e.tag() != Tag.SPECIFIC_CHARACTER_SET) {
        recoded.put(recode(dataset, e));
      }
    }
    return recoded;
  }

  private static ByteBuffer value(DicomDataset owner, DicomElement e) {
    if (e.vr().localised()) {
      return ByteBuffer.wrap(owner.text(e).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = new byte[e.value().limit()];
    e.value().get(0, bytes);
    if (e.value().order() == ByteOrder.BIG_ENDIAN) {
      swap(bytes, e.vr());
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void swap(byte[] bytes, Vr vr) {
    boolean words = vr == Vr.AT || vr == Vr.OW;
    int size = words ? 2 : vr == Vr.OB || vr == Vr.UN || vr.kind() == Vr.Kind.TEXT ? 1 : vr.size();
    for (int at = 0; at + size <= bytes.length; at += size) {
      for (int n = 0; n < size / 2; n++) {
        byte b = bytes[at + n];
        bytes[at + n] = bytes[at + size - 1 - n];
        bytes[at + size - 1 - n] = b;
      }
    }
  }
}
