package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads elements of one encoding (PS3.5 section 7) from a buffer that has its byte order. Positions
 * are absolute; {@code end} is the first byte that no longer belongs to the enclosing value.
 */
final class DicomParser {

  /** Deeper nesting is taken for a broken or hostile file. */
  private static final int MAX_DEPTH = 64;

  /** Values up to this length are copied, so that keeping them does not keep the file. */
  private static final int COPIED = 4096;

  private static final int UNDEFINED = -1;

  private final ByteBuffer in;
  private final boolean explicit;

  DicomParser(ByteBuffer in, boolean explicit) {
    this.in = in;
    this.explicit = explicit;
  }

  /** Reads the elements of group 0002 and returns where they end. */
  int readGroup2(DicomDataset meta, int start) throws DicomException {
    int position = start;
    while (position + 8 <= in.limit() && in.getShort(position) == 2) {
      position = readElement(meta, position, in.limit(), 0);
    }
    return position;
  }

  /** Reads all elements up to the buffer's end. */
  void readAll(DicomDataset dataset, int start) throws DicomException {
    readElements(dataset, start, in.limit(), false, 0);
    if (dataset.elements().isEmpty()) {
      throw new DicomException("truncated: it has no data set");
    }
  }

  /** Returns the position after the elements, and after the delimiter where one ends them. */
  private int readElements(DicomDataset dataset, int start, int end, boolean delimited, int depth)
      throws DicomException {
    int position = start;
    while (position + 8 <= end) {
      int tag = tag(position);
      if (tag == Tag.ITEM_DELIMITATION && delimited) {
        return position + 8;
      }
      if (tag == 0 && onlyZeros(position, end)) {
        return end; // padding after the last element
      }
      position = readElement(dataset, position, end, depth);
    }
    if (delimited) {
      throw new DicomException("truncated: it ends within a sequence item");
    }
    if (position < end && !onlyZeros(position, end)) {
      throw new DicomException("truncated: it ends within an element");
    }
    return end;
  }

  private int readElement(DicomDataset dataset, int start, int end, int depth)
      throws DicomException {
    int tag = tag(start);
    int position = start + 4;
    Vr vr;
    int length;
    if (explicit) {
      int first = in.get(position) & 0xff;
      int second = in.get(position + 1) & 0xff;
      vr = Vr.of(first, second);
      if (vr == null && !(isCapital(first) && isCapital(second))) {
        throw new DicomException("broken: no value representation at " + Dictionary.describe(tag));
      }
      // A VR of a later edition has the long form (PS3.5 7.1.2).
      if (vr == null || vr.longForm()) {
        if (position + 8 > end) {
          throw new DicomException("truncated: it ends within " + Dictionary.describe(tag));
        }
        vr = vr == null ? Vr.UN : vr;
        length = in.getInt(position + 4);
        position += 8;
      } else {
        length = in.getShort(position + 2) & 0xffff;
        position += 4;
      }
    } else {
      vr = implicitVr(dataset, tag);
      length = in.getInt(position);
      position += 4;
    }
    if (length == UNDEFINED) {
      return readUndefined(dataset, tag, vr, position, end, depth);
    }
    if (length < 0 || length > end - position) {
      throw new DicomException(
          "truncated: %s has %d bytes of %d"
              .formatted(Dictionary.describe(tag), end - position, length & 0xffffffffL));
    }
    int after = position + length;
    if (vr == Vr.SQ) {
      List<DicomDataset> items = new ArrayList<>();
      readItems(dataset, items, position, after, false, depth + 1);
      dataset.put(new DicomElement(tag, vr, ByteBuffer.allocate(0), items, List.of()));
    } else {
      Vr known = vr == Vr.UN ? Dictionary.vr(tag) : vr;
      dataset.put(new DicomElement(tag, known == Vr.SQ ? vr : known, value(position, length)));
    }
    return after;
  }

  private int readUndefined(DicomDataset dataset, int tag, Vr vr, int position, int end, int depth)
      throws DicomException {
    if (tag == Tag.PIXEL_DATA) {
      List<ByteBuffer> fragments = new ArrayList<>();
      int after = readFragments(fragments, position, end);
      dataset.put(new DicomElement(tag, vr, ByteBuffer.allocate(0), List.of(), fragments));
      return after;
    }
    List<DicomDataset> items = new ArrayList<>();
    // Of unknown VR and undefined length: a sequence in implicit VR little endian (PS3.5 6.2.2).
    boolean unknown = explicit && vr == Vr.UN;
    DicomParser parser =
        unknown ? new DicomParser(in.duplicate().order(ByteOrder.LITTLE_ENDIAN), false) : this;
    int after = parser.readItems(dataset, items, position, end, true, depth + 1);
    dataset.put(new DicomElement(tag, Vr.SQ, ByteBuffer.allocate(0), items, List.of()));
    return after;
  }

  private int readItems(
      DicomDataset parent,
      List<DicomDataset> items,
      int start,
      int end,
      boolean delimited,
      int depth)
      throws DicomException {
    if (depth > MAX_DEPTH) {
      throw new DicomException("broken: sequences are nested too deeply");
    }
    int position = start;
    while (position + 8 <= end) {
      int tag = tag(position);
      int length = in.getInt(position + 4);
      position += 8;
      if (tag == Tag.SEQUENCE_DELIMITATION) {
        return position;
      }
      if (tag != Tag.ITEM) {
        throw new DicomException(
            "broken: %s in place of an item".formatted(Dictionary.describe(tag)));
      }
      if (length != UNDEFINED && (length < 0 || length > end - position)) {
        throw new DicomException("truncated: it ends within a sequence item");
      }
      DicomDataset item = new DicomDataset(parent);
      int itemEnd = length == UNDEFINED ? end : position + length;
      position = readElements(item, position, itemEnd, length == UNDEFINED, depth);
      items.add(item);
    }
    if (delimited) {
      throw new DicomException("truncated: it ends within a sequence");
    }
    return end;
  }

  private int readFragments(List<ByteBuffer> fragments, int start, int end) throws DicomException {
    int position = start;
    while (position + 8 <= end) {
      int tag = tag(position);
      int length = in.getInt(position + 4);
      position += 8;
      if (tag == Tag.SEQUENCE_DELIMITATION) {
        return position;
      }
      if (tag != Tag.ITEM || length < 0 || length > end - position) {
        break;
      }
      fragments.add(value(position, length));
      position += length;
    }
    throw new DicomException("truncated: it ends within the compressed pixel data");
  }

  /** The dictionary's VR, the ambiguous ones settled by Pixel Representation (PS3.5 annex A.1). */
  private static Vr implicitVr(DicomDataset dataset, int tag) {
    Vr vr = Dictionary.vr(tag);
    boolean ambiguous =
        vr == Vr.US
            && switch (tag) {
              case Tag.SMALLEST_PIXEL_VALUE, Tag.LARGEST_PIXEL_VALUE, 0x00280120, 0x00280121 ->
                  true;
              default -> false;
            };
    return ambiguous && dataset.integer(Tag.PIXEL_REPRESENTATION, 0) == 1 ? Vr.SS : vr;
  }

  private ByteBuffer value(int position, int length) {
    if (length > COPIED) {
      return in.slice(position, length).order(in.order());
    }
    byte[] copy = new byte[length];
    in.get(position, copy);
    return ByteBuffer.wrap(copy).order(in.order());
  }

  private int tag(int position) {
    return ((in.getShort(position) & 0xffff) << 16) | (in.getShort(position + 2) & 0xffff);
  }

  private boolean onlyZeros(int position, int end) {
    for (int n = position; n < end; n++) {
      if (in.get(n) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCapital(int c) {
    return c >= 'A' && c <= 'Z';
  }
}
