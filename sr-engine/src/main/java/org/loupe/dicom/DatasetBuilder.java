package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds a data set for writing: VRs by the dictionary, text in UTF-8 (Specific Character Set,
 * which the caller sets, must be ISO_IR 192), values little endian.
 */
public final class DatasetBuilder {

  private final DicomDataset dataset = new DicomDataset(null);

  /** Text values; none makes the element empty. */
  public DatasetBuilder text(int tag, String... values) {
    Vr vr = Dictionary.vr(tag);
    if (vr.kind() != Vr.Kind.TEXT) {
      throw new IllegalArgumentException(Dictionary.describe(tag) + " is no text");
    }
    byte[] bytes = String.join("\\", values).getBytes(StandardCharsets.UTF_8);
    dataset.put(new DicomElement(tag, vr, ByteBuffer.wrap(bytes)));
    return this;
  }

  /** Numbers: as decimal strings or in binary, as the tag's VR says. */
  public DatasetBuilder numbers(int tag, double... values) {
    Vr vr = Dictionary.vr(tag);
    if (vr.kind() == Vr.Kind.TEXT) {
      String[] texts = new String[values.length];
      for (int n = 0; n < texts.length; n++) {
        texts[n] = DecimalString.of(values[n]);
      }
      return text(tag, texts);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(vr.size() * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (vr) {
        case US, SS -> bytes.putShort((short) Math.round(value));
        case UL, SL -> bytes.putInt((int) Math.round(value));
        case FL -> bytes.putFloat((float) value);
        case FD -> bytes.putDouble(value);
        default -> throw new IllegalArgumentException(Dictionary.describe(tag) + " is no number");
      }
    }
    dataset.put(new DicomElement(tag, vr, bytes.flip().order(ByteOrder.LITTLE_ENDIAN)));
    return this;
  }

  /** Bytes as they are to stand in the file. */
  public DatasetBuilder bytes(int tag, Vr vr, byte[] value) {
    dataset.put(new DicomElement(tag, vr, ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN)));
    return this;
  }

  /** A sequence. */
  public DatasetBuilder items(int tag, List<DicomDataset> items) {
    List<DicomDataset> own = items.stream().map(i -> i.within(dataset)).toList();
    dataset.put(new DicomElement(tag, Vr.SQ, ByteBuffer.allocate(0), own, List.of()));
    return this;
  }

  /** A sequence. */
  public DatasetBuilder items(int tag, DicomDataset... items) {
    return items(tag, List.of(items));
  }

  /** A code sequence. */
  public DatasetBuilder codes(int tag, Code... codes) {
    return items(tag, Stream.of(codes).map(Code::item).toList());
  }

  /** Attribute tags as values. */
  public DatasetBuilder tags(int tag, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) (value >>> 16)).putShort((short) value);
    }
    dataset.put(new DicomElement(tag, Vr.AT, bytes.flip().order(ByteOrder.LITTLE_ENDIAN)));
    return this;
  }

  /** Takes elements over where the other data set has them, values or not. */
  public DatasetBuilder copy(DicomDataset from, int... tags) {
    for (int tag : tags) {
      DicomElement element = from.get(tag);
      if (element != null) {
        put(Recoder.recode(from, element));
      }
    }
    return this;
  }

  /** Takes elements over; where the other data set has none they are there without a value. */
  public DatasetBuilder copyOrEmpty(DicomDataset from, int... tags) {
    for (int tag : tags) {
      if (from.get(tag) == null) {
        empty(tag);
      }
    }
    return copy(from, tags);
  }

  /** An element without a value. */
  public DatasetBuilder empty(int tag) {
    dataset.put(new DicomElement(tag, Dictionary.vr(tag), ByteBuffer.allocate(0)));
    return this;
  }

  /** Takes over all elements of a data set that was built. */
  public DatasetBuilder all(DicomDataset built) {
    built.elements().forEach(this::put);
    return this;
  }

  void put(DicomElement element) {
    List<DicomDataset> own = element.items().stream().map(i -> i.within(dataset)).toList();
    dataset.put(element.withItems(own));
  }

  /** The data set; the builder must not be used any more. */
  public DicomDataset build() {
    return dataset;
  }
}
