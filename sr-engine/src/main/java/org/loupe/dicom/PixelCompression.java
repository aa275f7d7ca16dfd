package org.loupe.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.loupe.dicom.codec.CodecException;
import org.loupe.dicom.codec.FrameEncoder;
import org.loupe.dicom.codec.Jpeg2000Encoder;
import org.loupe.dicom.codec.JpegLsEncoder;

/** How the pixels of written images are encoded; nothing of them is lost (PS3.5 annex A). */
public enum PixelCompression {
  NONE("1.2.840.10008.1.2.1"),
  JPEG_LS("1.2.840.10008.1.2.4.80"),
  JPEG_2000("1.2.840.10008.1.2.4.90");

  private final String uid;

  PixelCompression(String uid) {
    this.uid = uid;
  }

  /** The transfer syntax to write with. */
  public TransferSyntax syntax() {
    return TransferSyntax.of(uid);
  }

  /**
   * An image with its pixels encoded: one fragment a frame after the offset table.
   *
   * @param image uncompressed pixels in 16 bits allocated, unsigned, of one sample: decoders do not
   *     agree on the sign of code streams
   */
  public DicomDataset apply(DicomDataset image) throws IOException {
    if (this == NONE) {
      return image;
    }
    FrameEncoder encoder = this == JPEG_LS ? new JpegLsEncoder() : new Jpeg2000Encoder();
    PixelData pixels =
        new PixelData(new DicomFile(new DicomDataset(null), image, TransferSyntax.EXPLICIT_LE, ""));
    if (pixels.samples() != 1 || pixels.signed() || pixels.bitsAllocated() != 16) {
      throw new IllegalArgumentException("only unsigned grey images of 16 bits are compressed");
    }
    List<ByteBuffer> frames = new ArrayList<>();
    ByteBuffer offsets = ByteBuffer.allocate(4 * pixels.frames()).order(ByteOrder.LITTLE_ENDIAN);
    long offset = 0;
    for (int n = 0; n < pixels.frames(); n++) {
      byte[] frame = encoded(encoder, pixels, n, image.integer(Tag.BITS_STORED, 16));
      frames.add(ByteBuffer.wrap(frame));
      if (offset > 0xffffffffL) {
        throw new DicomException("too many pixels for one object");
      }
      offsets.putInt((int) offset);
      offset += 8 + frame.length + frame.length % 2;
    }
    frames.add(0, offsets.flip());
    DatasetBuilder b = new DatasetBuilder().all(image);
    b.put(new DicomElement(Tag.PIXEL_DATA, Vr.OB, ByteBuffer.allocate(0), List.of(), frames));
    return b.build();
  }

  private static byte[] encoded(FrameEncoder encoder, PixelData pixels, int frame, int precision)
      throws DicomException {
    try {
      return encoder.encode(pixels.stored(frame), pixels.columns(), pixels.rows(), precision);
    } catch (CodecException e) {
      throw new DicomException(e.getMessage(), e);
    }
  }
}
