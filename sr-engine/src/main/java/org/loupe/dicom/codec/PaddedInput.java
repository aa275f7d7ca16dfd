package org.loupe.dicom.codec;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes that go on as zeros, so that a decoder which cannot stand an early end runs through; {@link
 * #missing} then tells that there was one.
 */
final class PaddedInput extends ImageInputStreamImpl {

  private static final int FARTHEST = 1 << 16;

  private final byte[] bytes;
  private final int start;
  private long farthest;

  /** The bytes from a place on. */
  PaddedInput(byte[] bytes, int start) {
    this.bytes = bytes;
    this.start = start;
  }

  /**
   * Far beyond the end there is nothing any more: a decoder that looks for a marker must not go on
   * for ever.
   */
  private void requireNear() throws EOFException {
    if (streamPos > 2 * length() + FARTHEST) {
      throw new EOFException();
    }
  }

  /** How many bytes beyond the end have been read. */
  long missing() {
    return Math.max(0, farthest - length());
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    requireNear();
    bitOffset = 0;
    long at = start + streamPos;
    streamPos++;
    farthest = Math.max(farthest, streamPos);
    return at < bytes.length ? bytes[(int) at] & 0xff : 0;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    checkClosed();
    requireNear();
    bitOffset = 0;
    long at = start + streamPos;
    int present = Math.clamp(bytes.length - at, 0, len);
    if (present > 0) {
      System.arraycopy(bytes, (int) at, b, off, present);
    }
    java.util.Arrays.fill(b, off + present, off + len, (byte) 0);
    streamPos += len;
    farthest = Math.max(farthest, streamPos);
    return len;
  }

  @Override
  public long length() {
    return (long) bytes.length - start;
  }
}
