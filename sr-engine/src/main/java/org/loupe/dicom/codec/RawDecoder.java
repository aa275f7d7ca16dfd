package org.loupe.dicom.codec;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Frames that hold the samples themselves (PS3.5 A.4.11), little endian, or those deflated (A.4.12,
 * RFC 1951).
 *
 * @param deflated whether they are deflated
 * @param planar whether the samples come plane by plane
 */
public record RawDecoder(boolean deflated, boolean planar) implements FrameDecoder {

  @Override
  public Decoded decode(byte[] frame, FrameFormat format) throws CodecException {
    int bits = format.bitsAllocated();
    long need = ((long) format.size() * bits + 7) / 8;
    // Deflate makes one byte of 1032 at most.
    if (frame.length < (deflated ? need / 1032 : need)) {
      throw truncated(frame.length, need);
    }
    byte[] raw = deflated ? inflate(frame, (int) Math.min(need, Integer.MAX_VALUE - 64L)) : frame;
    int[] values = new int[format.size()];
    int samples = format.samples();
    int pixels = values.length / samples;
    for (int n = 0; n < values.length; n++) {
      int at = planar ? n % samples * pixels + n / samples : n;
      values[n] = bits == 1 ? (raw[at >> 3] >> (at & 7)) & 1 : number(raw, at, bits / 8);
    }
    return new Decoded(values, bits);
  }

  private static int number(byte[] raw, int at, int bytes) {
    int value = 0;
    for (int k = 0; k < bytes; k++) {
      value |= (raw[at * bytes + k] & 0xff) << (8 * k);
    }
    return value;
  }

  private static byte[] inflate(byte[] frame, int need) throws CodecException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] raw = new byte[need];
      inflater.setInput(frame);
      int done = 0;
      while (done < need) {
        int n = inflater.inflate(raw, done, need - done);
        if (n == 0) {
          throw truncated(done, need);
        }
        done += n;
      }
      return raw;
    } catch (DataFormatException e) {
      throw new CodecException("broken: the deflated frame cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }

  private static CodecException truncated(long present, long need) {
    return new CodecException("truncated: a frame has %d bytes of %d".formatted(present, need));
  }
}
