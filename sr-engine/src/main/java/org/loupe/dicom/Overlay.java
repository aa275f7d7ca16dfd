package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.loupe.image.Image2;

/**
 * An overlay plane (PS3.3 C.9.2): bits over an image, in an element of its own or, in old files, in
 * unused bits of the pixels.
 *
 * @param label Overlay Label or Description; may be empty
 * @param graphics whether it is graphics rather than a region of interest
 * @param top row of the image that its first row lies on, 0-based; may be negative
 * @param left column, likewise
 * @param bits row by row, those of the first frame
 */
public record Overlay(
    String label, boolean graphics, int rows, int columns, int top, int left, BitSet bits) {

  private static final int FIRST = 0x60000000;
  private static final int LAST = 0x601e0000;
  private static final int STEP = 0x00020000;

  /** The groups that overlays may have, each as the tag of its element 0. */
  public static IntStream groups() {
    return IntStream.iterate(FIRST, group -> group <= LAST, group -> group + STEP);
  }

  /** The overlays of a file; those that are broken are left out. */
  public static List<Overlay> read(DicomFile file) {
    return groups()
        .mapToObj(group -> read(file.dataset(), group))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Whether a file says that it has overlays, by its header alone. */
  static boolean announced(DicomFile file) {
    return groups().anyMatch(group -> file.dataset().has(group | 0x10));
  }

  /** Overlays as an image of 1 where any has a bit, on the lattice of what they lie over. */
  public static Image2 mask(List<Overlay> overlays, int columns, int rows) {
    Image2 mask = new Image2(columns, rows);
    for (Overlay o : overlays) {
      for (int n = o.bits.nextSetBit(0); n >= 0; n = o.bits.nextSetBit(n + 1)) {
        int row = o.top + n / o.columns;
        int column = o.left + n % o.columns;
        if (row >= 0 && row < rows && column >= 0 && column < columns) {
          mask.values()[row * columns + column] = 1;
        }
      }
    }
    return mask;
  }

  private static Overlay read(DicomDataset d, int group) {
    int rows = d.integer(group | 0x10, 0);
    int columns = d.integer(group | 0x11, 0);
    if (rows < 1 || columns < 1) {
      return null;
    }
    DicomElement data = d.get(group | 0x3000);
    BitSet bits =
        data == null
            ? embedded(d, d.integer(group | 0x102, 0), rows, columns)
            : packed(data, (long) rows * columns);
    if (bits == null) {
      return null;
    }
    double[] origin = d.numbers(group | 0x50);
    String label = d.string(group | 0x1500);
    return new Overlay(
        label.isEmpty() ? d.string(group | 0x22) : label,
        !d.string(group | 0x40).equals("R"),
        rows,
        columns,
        origin.length == 2 ? (int) origin[0] - 1 : 0,
        origin.length == 2 ? (int) origin[1] - 1 : 0,
        bits);
  }

  private static BitSet packed(DicomElement data, long count) {
    ByteBuffer value = data.value();
    if (count > Integer.MAX_VALUE || value.limit() < (count + 7) / 8) {
      return null;
    }
    // Words of two bytes hold the first bit lowest, whatever their byte order (PS3.5 8.1.2).
    boolean swapped = data.vr() == Vr.OW && value.order() == ByteOrder.BIG_ENDIAN;
    BitSet bits = new BitSet((int) count);
    for (int n = 0; n < count; n++) {
      int at = swapped ? (n >> 3) ^ 1 : n >> 3;
      bits.set(n, at < value.limit() && ((value.get(at) >> (n & 7)) & 1) == 1);
    }
    return bits;
  }

  private static BitSet embedded(DicomDataset d, int position, int rows, int columns) {
    DicomElement pixels = d.get(Tag.PIXEL_DATA);
    long count = (long) rows * columns;
    boolean fits =
        pixels != null
            && d.integer(Tag.BITS_ALLOCATED, 0) == 16
            && position > 0
            && position < 16
            && rows == d.integer(Tag.ROWS, 0)
            && columns == d.integer(Tag.COLUMNS, 0)
            && pixels.value().limit() >= 2 * count;
    if (!fits) {
      return null;
    }
    BitSet bits = new BitSet((int) count);
    for (int n = 0; n < count; n++) {
      bits.set(n, ((pixels.value().getShort(2 * n) >> position) & 1) == 1);
    }
    return bits;
  }
}
