package org.loupe.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.loupe.image.AtomicFile;

/**
 * Writes Part 10 files (PS3.10) in explicit VR little endian, plain, deflated or with encapsulated
 * pixels, from data sets that {@link DatasetBuilder} made.
 */
public final class DicomWriter {

  public static final String IMPLEMENTATION_UID = "2.25.201731837245967129164337196351784061921";
  public static final String IMPLEMENTATION_NAME = "LOUPE";
  private static final int SHORTEST_LONG = 0x10000;

  private DicomWriter() {}

  /**
   * Writes a file whole or not at all.
   *
   * @param syntax {@link TransferSyntax#EXPLICIT_LE}, {@link TransferSyntax#DEFLATED_LE}, or the
   *     encapsulated one of the pixels' fragments
   */
  public static void write(Path path, DicomDataset dataset, TransferSyntax syntax)
      throws IOException {
    AtomicFile.write(path, encode(dataset, syntax));
  }

  /** The bytes of the file. */
  public static byte[] encode(DicomDataset dataset, TransferSyntax syntax) {
    if (!syntax.explicitVr() || syntax.bigEndian()) {
      throw new IllegalArgumentException("writing " + syntax.name() + " is not supported");
    }
    DicomDataset meta =
        new DatasetBuilder()
            .bytes(Tag.FILE_META_VERSION, Vr.OB, new byte[] {0, 1})
            .text(Tag.MEDIA_STORAGE_SOP_CLASS_UID, dataset.string(Tag.SOP_CLASS_UID))
            .text(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, dataset.string(Tag.SOP_INSTANCE_UID))
            .text(Tag.TRANSFER_SYNTAX_UID, syntax.uid())
            .text(Tag.IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_UID)
            .text(Tag.IMPLEMENTATION_VERSION_NAME, IMPLEMENTATION_NAME)
            .build();
    byte[] group2 = elements(meta);
    DicomDataset length =
        new DatasetBuilder().numbers(Tag.FILE_META_GROUP_LENGTH, group2.length).build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(elements(length));
    out.writeBytes(group2);
    byte[] body = elements(dataset);
    out.writeBytes(syntax.deflated() ? deflate(body) : body);
    return out.toByteArray();
  }

  private static byte[] elements(DicomDataset dataset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (DicomElement element : dataset.elements()) {
      if (!element.fragments().isEmpty()) {
        fragments(element, out);
        continue;
      }
      byte[] value = value(element);
      boolean odd = value.length % 2 == 1;
      int length = value.length + (odd ? 1 : 0);
      // What is too long for the length field of its VR is written as unknown (PS3.5 6.2.2).
      boolean tooLong = !element.vr().longForm() && length >= SHORTEST_LONG;
      Vr vr = tooLong ? Vr.UN : element.vr();
      ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      head.putShort((short) (element.tag() >>> 16)).putShort((short) element.tag());
      head.put((byte) vr.name().charAt(0)).put((byte) vr.name().charAt(1));
      if (vr.longForm()) {
        head.putShort((short) 0).putInt(length);
      } else {
        head.putShort((short) length);
      }
      out.write(head.array(), 0, head.position());
      out.writeBytes(value);
      if (odd) {
        // Text is padded with a space, UIDs and bytes with a zero (PS3.5 6.2).
        out.write(element.vr().kind() == Vr.Kind.TEXT && element.vr() != Vr.UI ? ' ' : 0);
      }
    }
    return out.toByteArray();
  }

  /** Pixel data in fragments, of undefined length (PS3.5 annex A.4). */
  private static void fragments(DicomElement element, ByteArrayOutputStream out) {
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) (element.tag() >>> 16)).putShort((short) element.tag());
    head.put((byte) 'O').put((byte) 'B').putShort((short) 0).putInt(-1);
    out.writeBytes(head.array());
    for (ByteBuffer fragment : element.fragments()) {
      byte[] bytes = new byte[fragment.limit()];
      fragment.get(0, bytes);
      out.writeBytes(itemHead(Tag.ITEM, bytes.length + bytes.length % 2));
      out.writeBytes(bytes);
      if (bytes.length % 2 == 1) {
        out.write(0);
      }
    }
    out.writeBytes(itemHead(Tag.SEQUENCE_DELIMITATION, 0));
  }

  private static byte[] itemHead(int tag, int length) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .putInt(length)
        .array();
  }

  private static byte[] value(DicomElement element) {
    if (element.vr() == Vr.SQ) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (DicomDataset item : element.items()) {
        byte[] content = elements(item);
        out.writeBytes(itemHead(Tag.ITEM, content.length));
        out.writeBytes(content);
      }
      return out.toByteArray();
    }
    byte[] bytes = new byte[element.value().limit()];
    element.value().get(0, bytes);
    return bytes;
  }

  /** The raw deflate stream that PS3.5 annex A.5 asks for, of even length. */
  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      if (out.size() % 2 == 1) {
        out.write(0);
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
