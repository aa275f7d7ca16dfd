package org.loupe.dicom.deidentify;

import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomElement;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.Overlay;
import org.loupe.dicom.Tag;

/**
 * Overlays of old files that lie in bits of the pixels which hold no value (PS3.5 8.1.2): where the
 * overlay has no element of its own, its bit position tells which.
 */
final class HiddenOverlays {

  private static final int BIT_POSITION = 0x0102;
  private static final int DATA = 0x3000;

  private HiddenOverlays() {}

  /**
   * Takes the overlays out of the pixels.
   *
   * @param from the data set as it was read
   * @param to has its pixels already
   * @throws DicomException where the pixels are compressed, or packed in odd ways
   */
  static void clear(DicomDataset from, DatasetBuilder to) throws DicomException {
    DicomElement pixels = from.get(Tag.PIXEL_DATA);
    long bits = bits(from);
    if (pixels == null || bits == 0) {
      return;
    }
    int allocated = from.integer(Tag.BITS_ALLOCATED, 0);
    if (!pixels.fragments().isEmpty() || allocated % 8 != 0) {
      throw new DicomException("an overlay in its pixels: it cannot be made anonymous");
    }
    // In little endian, as it is written.
    DicomElement written =
        new DatasetBuilder().copy(from, Tag.PIXEL_DATA).build().get(Tag.PIXEL_DATA);
    byte[] bytes = new byte[written.value().limit()];
    written.value().get(0, bytes);
    for (int n = 0; n < bytes.length; n++) {
      bytes[n] &= (byte) ~(bits >> 8 * n % allocated);
    }
    to.bytes(Tag.PIXEL_DATA, written.vr(), bytes);
  }

  /** The bits of a pixel that overlays lie in. */
  private static long bits(DicomDataset d) {
    int allocated = d.integer(Tag.BITS_ALLOCATED, 0);
    int stored = d.integer(Tag.BITS_STORED, allocated);
    int high = d.integer(Tag.HIGH_BIT, stored - 1);
    long bits = 0;
    for (int group : Overlay.groups().toArray()) {
      int position = d.integer(group | BIT_POSITION, -1);
      boolean unused = position >= 0 && (position <= high - stored || position > high);
      if (unused && position < allocated && !d.has(group | DATA)) {
        bits |= 1L << position;
      }
    }
    return bits;
  }
}
