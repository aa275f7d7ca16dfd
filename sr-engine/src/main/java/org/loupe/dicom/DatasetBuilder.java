package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Builds a data set for writing: VRs by the dictionary, text in UTF-8 (Specific Character Set is
 * set to it), values little endian.
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
    dataset.put(new DicomElement(tag, Vr.SQ, ByteBuffer.allocate(0), items, List.of()));
    return this;
  }

  /** The data set; the builder must not be used any more. */
  public DicomDataset build() {
    return dataset;
  }
}
