package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads elements of one encoding (PS3.5 section 7) from a buffer that has its byte order. Positions
 * are absolute.
 *
 * <p>What real files get wrong is read as far as it makes sense: a value that reaches beyond its
 * container is cut off there, an element or item without VR in an explicit data set is taken as
 * implicit, missing delimiters are made up for. The first such damage that loses something is
 * remembered ({@link #damage}).
 */
final class DicomParser {

  /** Deeper nesting is taken for a broken or hostile file. */
  static final int MAX_DEPTH = 64;

  /** Values up to this length are copied, so that keeping them does not keep the file. */
  private static final int COPIED = 4096;

  /** An element of unknown VR that is as long as this stays unknown unless it is a sequence. */
  private static final int LONGEST_UNKNOWN = 0xffff;

  private static final int UNDEFINED = -1;

  private final ByteBuffer in;
  private final boolean explicit;
  private final StringBuilder damage;
  private final PendingVrs pending;

  DicomParser(ByteBuffer in, boolean explicit) {
    this(in, explicit, new StringBuilder(), new PendingVrs());
  }

  private DicomParser(ByteBuffer in, boolean explicit, StringBuilder damage, PendingVrs pending) {
    this.in = in;
    this.explicit = explicit;
    this.damage = damage;
    this.pending = pending;
  }

  /** What is wrong with the file and where, of what lost something; empty for a sound one. */
  String damage() {
    return damage.toString();
  }

  /** Reads the elements of one group that come next and returns where they end. */
  int readGroup(DicomDataset dataset, int group, int start) throws DicomException {
    int position = start;
    while (position + 8 <= in.limit() && (in.getShort(position) & 0xffff) == group) {
      position = readElement(dataset, position, in.limit(), 0);
    }
    return position;
  }

  /** Reads all elements up to the buffer's end. */
  void readAll(DicomDataset dataset, int start) {
    try {
      readElements(dataset, start, in.limit(), in.limit(), false, 0);
    } catch (DicomException e) {
      note(e.getMessage());
    } finally {
      pending.settle();
    }
    if (dataset.isEmpty()) {
      note("truncated: it has no data set");
    }
  }

  /**
   * Returns the position after the elements, and after the delimiter where one ends them.
   *
   * @param end where the elements end by the length of their item
   * @param limit first byte that does not belong to what encloses the item
   */
  private int readElements(
      DicomDataset dataset, int start, int end, int limit, boolean delimited, int depth)
      throws DicomException {
    int position = start;
    while (position < end && position + 8 <= limit) {
      int tag = tag(position);
      if (tag == Tag.ITEM_DELIMITATION) {
        position += 8;
        if (delimited) {
          return position;
        }
        continue; // a delimiter too many
      }
      if (tag == Tag.ITEM || tag == Tag.SEQUENCE_DELIMITATION) {
        if (delimited) {
          return position; // the item's own delimiter is missing
        }
        position += 8;
        continue;
      }
      if (in.getLong(position) == 0) {
        position = afterZeros(position, end);
        if (position == end) {
          return end; // padding after the last element
        }
        note("broken: zeros in place of an element");
        continue;
      }
      position = readElement(dataset, position, limit, depth);
    }
    if (delimited) {
      note("truncated: it ends within a sequence item");
      return limit;
    }
    if (position < end && afterZeros(position, Math.min(end, limit)) < Math.min(end, limit)) {
      note("truncated: it ends within an element");
    }
    return Math.max(position, end);
  }

  private int readElement(DicomDataset dataset, int start, int limit, int depth)
      throws DicomException {
    int tag = tag(start);
    int position = start + 4;
    Vr vr;
    int length;
    boolean hasVr =
        explicit && isCapital(in.get(position) & 0xff) && isCapital(in.get(position + 1) & 0xff);
    if (hasVr) {
      vr = Vr.of(in.get(position) & 0xff, in.get(position + 1) & 0xff);
      // A VR of a later edition has the long form (PS3.5 7.1.2).
      if (vr == null || vr.longForm()) {
        if (position + 8 > limit) {
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
      vr = Dictionary.vr(tag);
      length = in.getInt(position);
      position += 4;
    }
    if (length == UNDEFINED) {
      return readUndefined(dataset, tag, vr, position, limit, depth);
    }
    int rest = limit - position;
    if (length < 0 || length > rest) {
      note(
          "truncated: %s has %d bytes of %d"
              .formatted(Dictionary.describe(tag), rest, length & 0xffffffffL));
      length = rest;
    }
    put(dataset, tag, vr, !hasVr, position, length, depth);
    return position + length;
  }

  private void put(
      DicomDataset dataset,
      int tag,
      Vr given,
      boolean implicit,
      int position,
      int length,
      int depth)
      throws DicomException {
    Vr vr = given;
    boolean unknown = given == Vr.UN && (length < LONGEST_UNKNOWN || Dictionary.vr(tag) == Vr.SQ);
    if (unknown) {
      vr = Dictionary.vr(tag);
    }
    if (vr == Vr.SQ && (length == 0 || startsWithItem(position, length))) {
      List<DicomDataset> items = new ArrayList<>();
      try {
        readItems(dataset, items, position, position + length, false, depth + 1);
      } finally {
        dataset.put(new DicomElement(tag, vr, ByteBuffer.allocate(0), items, List.of()));
      }
      return;
    }
    dataset.put(new DicomElement(tag, vr == Vr.SQ ? Vr.UN : vr, value(position, length)));
    if (implicit || unknown) {
      pending.add(dataset, tag);
    }
  }

  private boolean startsWithItem(int position, int length) {
    return length >= 8 && tag(position) == Tag.ITEM;
  }

  private int readUndefined(
      DicomDataset dataset, int tag, Vr vr, int position, int limit, int depth)
      throws DicomException {
    boolean bytes =
        tag == Tag.PIXEL_DATA
            || (vr.kind() == Vr.Kind.BYTES && vr != Vr.UN)
            || vr.kind() == Vr.Kind.TEXT;
    if (bytes) {
      List<ByteBuffer> fragments = new ArrayList<>();
      int after = readFragments(fragments, position, limit);
      dataset.put(new DicomElement(tag, vr, ByteBuffer.allocate(0), List.of(), fragments));
      return after;
    }
    List<DicomDataset> items = new ArrayList<>();
    // Of unknown VR and undefined length: a sequence in implicit VR little endian (PS3.5 6.2.2);
    // whether its items are implicit is found out item by item.
    boolean unknown = explicit && vr == Vr.UN && in.order() == ByteOrder.BIG_ENDIAN;
    DicomParser parser =
        unknown
            ? new DicomParser(in.duplicate().order(ByteOrder.LITTLE_ENDIAN), false, damage, pending)
            : this;
    try {
      return parser.readItems(dataset, items, position, limit, true, depth + 1);
    } finally {
      dataset.put(new DicomElement(tag, Vr.SQ, ByteBuffer.allocate(0), items, List.of()));
    }
  }

  private int readItems(
      DicomDataset parent,
      List<DicomDataset> items,
      int start,
      int limit,
      boolean delimited,
      int depth)
      throws DicomException {
    if (depth > MAX_DEPTH) {
      throw new DicomException("broken: sequences are nested too deeply");
    }
    int position = start;
    while (position + 8 <= limit) {
      int tag = tag(position);
      if (tag == Tag.SEQUENCE_DELIMITATION) {
        return position + 8;
      }
      if (tag != Tag.ITEM) {
        note("broken: %s in place of an item".formatted(Dictionary.describe(tag)));
        // Without a delimiter the sequence ends here; with a length it is known where.
        return delimited ? position : limit;
      }
      int length = in.getInt(position + 4);
      position += 8;
      int end = length == UNDEFINED ? limit : position + length;
      if (length != UNDEFINED && (length < 0 || length > limit - position)) {
        note("truncated: it ends within a sequence item");
        end = limit;
      }
      DicomDataset item = new DicomDataset(parent);
      items.add(item);
      DicomParser parser = explicit && looksImplicit(position, limit) ? implicitly() : this;
      position = parser.readElements(item, position, end, limit, length == UNDEFINED, depth);
    }
    if (delimited) {
      note("truncated: it ends within a sequence");
    }
    return limit;
  }

  /** Whether the first element of an item has no VR where an explicit data set has it. */
  private boolean looksImplicit(int position, int limit) {
    return position + 8 <= limit
        && tag(position) >>> 16 != 0xfffe
        && !(isCapital(in.get(position + 4) & 0xff) && isCapital(in.get(position + 5) & 0xff));
  }

  private DicomParser implicitly() {
    return new DicomParser(in, false, damage, pending);
  }

  private int readFragments(List<ByteBuffer> fragments, int start, int limit) {
    int position = start;
    while (position + 8 <= limit) {
      int tag = tag(position);
      int length = in.getInt(position + 4);
      if (tag == Tag.SEQUENCE_DELIMITATION) {
        return position + 8;
      }
      if (tag != Tag.ITEM) {
        break;
      }
      position += 8;
      int present = length < 0 || length > limit - position ? limit - position : length;
      fragments.add(value(position, present));
      position += present;
      if (present != length) {
        break;
      }
    }
    note("truncated: it ends within the compressed pixel data");
    return limit;
  }

  private ByteBuffer value(int position, int length) {
    if (length > COPIED) {
      return in.slice(position, length).order(in.order());
    }
    byte[] copy = new byte[length];
    in.get(position, copy);
    return ByteBuffer.wrap(copy).order(in.order());
  }

  private void note(String what) {
    if (damage.isEmpty()) {
      damage.append(what);
    }
  }

  private int tag(int position) {
    return ((in.getShort(position) & 0xffff) << 16) | (in.getShort(position + 2) & 0xffff);
  }

  /** Position of the first pair of bytes that is not zero; the end where there is none. */
  private int afterZeros(int start, int end) {
    int position = start;
    while (position + 1 < end && in.getShort(position) == 0) {
      position += 2;
    }
    return position + 1 == end && in.get(position) == 0 ? end : position;
  }

  private static boolean isCapital(int c) {
    return c >= 'A' && c <= 'Z';
  }
}
