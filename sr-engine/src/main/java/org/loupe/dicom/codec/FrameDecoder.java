package org.loupe.dicom.codec;

/** Decodes one compressed frame. */
@FunctionalInterface
public interface FrameDecoder {

  /**
   * Decodes a frame.
   *
   * @throws CodecException where the bytes are broken, truncated, of another size than the format
   *     says, or use what is not supported
   */
  Decoded decode(byte[] frame, FrameFormat format) throws CodecException;

  /** The decoder of a code stream by its first bytes: JPEG, JPEG-LS or JPEG 2000. */
  static FrameDecoder of(byte[] frame) throws CodecException {
    int first = frame.length < 4 ? 0 : ((frame[0] & 0xff) << 8) | (frame[1] & 0xff);
    if (first == 0xff4f || Jpeg2000Decoder.isFileFormat(frame)) {
      return new Jpeg2000Decoder();
    }
    if (first != 0xffd8) {
      throw new CodecException("broken: no JPEG code stream");
    }
    return JpegLsDecoder.isJpegLs(frame) ? new JpegLsDecoder() : new JpegDecoder();
  }
}
