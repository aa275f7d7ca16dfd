package org.loupe.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * DICOM's run-length encoding (PS3.5 annex G): the bytes of a frame in planes, the most significant
 * byte of the first sample first, each plane a segment in PackBits.
 */
public final class RleDecoder implements FrameDecoder {

  private static final int HEADER = 64;
  private static final int MAX_SEGMENTS = 15;

  @Override
  public Decoded decode(byte[] frame, FrameFormat format) throws CodecException {
    if (frame.length < HEADER) {
      throw new CodecException("truncated: the RLE header has %d bytes".formatted(frame.length));
    }
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int bytes = format.bitsAllocated() / 8;
    int segments = header.getInt(0);
    if (segments != bytes * format.samples() || segments > MAX_SEGMENTS) {
      throw new CodecException(
          "broken: %d RLE segments in place of %d".formatted(segments, bytes * format.samples()));
    }
    // Two bytes of a run give 128 at most.
    if (format.size() > 64L * frame.length) {
      throw new CodecException(
          "truncated: %d bytes of RLE for %d samples".formatted(frame.length, format.size()));
    }
    int[] values = new int[format.size()];
    int pixels = values.length / format.samples();
    for (int s = 0; s < segments; s++) {
      int start = header.getInt(4 + 4 * s);
      if (start < HEADER || start > frame.length) {
        throw new CodecException("broken: an RLE segment starts outside the frame");
      }
      int end = frame.length;
      if (s + 1 < segments) {
        int next = header.getInt(8 + 4 * s);
        end = next > start && next <= frame.length ? next : frame.length;
      }
      int shift = 8 * (bytes - 1 - s % bytes);
      int done = unpack(frame, start, end, values, s / bytes, format.samples(), shift);
      if (done < pixels) {
        throw new CodecException(
            "truncated: an RLE segment has %d bytes of %d".formatted(done, pixels));
      }
    }
    return new Decoded(values, format.bitsAllocated());
  }

  /** Adds the bytes of a segment to the values, shifted; returns how many there were. */
  private static int unpack(
      byte[] in, int start, int end, int[] values, int sample, int samples, int shift) {
    int n = start;
    int at = sample;
    int done = 0;
    while (n < end && at < values.length) {
      int control = in[n++];
      if (control >= 0) {
        for (int k = 0; k <= control && n < end && at < values.length; k++, n++, done++) {
          values[at] |= (in[n] & 0xff) << shift;
          at += samples;
        }
      } else if (control != -128 && n < end) {
        int value = (in[n++] & 0xff) << shift;
        for (int k = 0; k <= -control && at < values.length; k++, done++) {
          values[at] |= value;
          at += samples;
        }
      }
    }
    return done;
  }
}
