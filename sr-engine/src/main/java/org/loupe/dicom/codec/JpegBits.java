package org.loupe.dicom.codec;

/**
 * Bits of a JPEG scan: zeros that are stuffed after bytes of ones are left out, and at a marker
 * zeros are made up, which is an error once many of them have been used.
 */
final class JpegBits {

  /** Made-up bits that may be used: peeking ahead and lax encoders need some. */
  private static final int TOLERATED = 64;

  private final byte[] in;
  private int at;
  private long buffer;
  private int available;
  private int madeUp;

  JpegBits(byte[] in, int start) {
    this.in = in;
    this.at = start;
  }

  /** The next bits without taking them; at most 16. */
  int peek(int count) {
    fill(count);
    return (int) (buffer >> (available - count)) & ((1 << count) - 1);
  }

  void skip(int count) throws CodecException {
    fill(count);
    available -= count;
    if (madeUp - available > TOLERATED) {
      throw new CodecException("truncated: the JPEG scan breaks off");
    }
  }

  /** The next bits as a number; at most 16. */
  int read(int count) throws CodecException {
    if (count == 0) {
      return 0;
    }
    int value = peek(count);
    skip(count);
    return value;
  }

  /** The next bits as a difference of that many bits (T.81 F.2.2.1, EXTEND). */
  int difference(int count) throws CodecException {
    if (count == 0) {
      return 0;
    }
    int value = read(count);
    return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
  }

  private void fill(int count) {
    while (available < count) {
      int b = 0;
      if (at < in.length && !atMarker()) {
        b = in[at] & 0xff;
        at += b == 0xff ? 2 : 1;
      } else {
        madeUp += 8;
      }
      buffer = (buffer << 8) | b;
      available += 8;
    }
  }

  private boolean atMarker() {
    return (in[at] & 0xff) == 0xff && (at + 1 >= in.length || in[at + 1] != 0);
  }

  /** Goes behind the restart marker that comes next, if one does. */
  void restart() {
    available = 0;
    madeUp = 0;
    int marker = end();
    if (marker + 1 < in.length && (in[marker + 1] & 0xf8) == 0xd0) {
      at = marker + 2;
    }
  }

  /** Where the next marker starts. */
  int end() {
    int n = at;
    while (n + 1 < in.length
        && !((in[n] & 0xff) == 0xff && in[n + 1] != 0 && (in[n + 1] & 0xff) != 0xff)) {
      n++;
    }
    return n;
  }
}
