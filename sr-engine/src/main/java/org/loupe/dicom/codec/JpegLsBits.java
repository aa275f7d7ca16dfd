package org.loupe.dicom.codec;

/** Bits of a JPEG-LS scan: after a byte of ones the next has one bit less (ISO 14495-1 A.1). */
final class JpegLsBits {

  private final byte[] in;
  private int at;
  private int current;
  private int left;
  private boolean afterOnes;

  JpegLsBits(byte[] in, int start) {
    this.in = in;
    this.at = start;
  }

  /** The next bit. */
  int read() throws CodecException {
    if (left == 0) {
      fill();
    }
    left--;
    return (current >> left) & 1;
  }

  /** The next bits as a number, the first the most significant. */
  int read(int count) throws CodecException {
    int value = 0;
    int missing = count;
    while (missing > 0) {
      if (left == 0) {
        fill();
      }
      int take = Math.min(left, missing);
      left -= take;
      value = (value << take) | ((current >> left) & ((1 << take) - 1));
      missing -= take;
    }
    return value;
  }

  /** Where the next marker starts. */
  int end() {
    int n = at;
    while (n + 1 < in.length && !((in[n] & 0xff) == 0xff && (in[n + 1] & 0x80) != 0)) {
      n++;
    }
    return n;
  }

  private void fill() throws CodecException {
    if (at >= in.length) {
      throw new CodecException("truncated: the JPEG-LS stream breaks off");
    }
    current = in[at++] & 0xff;
    left = afterOnes ? 7 : 8;
    if (afterOnes && current > 0x7f) {
      throw new CodecException("truncated: a JPEG-LS scan ends early");
    }
    afterOnes = current == 0xff;
  }
}
