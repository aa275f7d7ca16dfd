package org.loupe.dicom.codec;

import java.io.ByteArrayOutputStream;

/** Writes the bits of a JPEG-LS scan: a byte after one of ones starts with a zero (A.1). */
final class JpegLsBitWriter {

  private final ByteArrayOutputStream out;
  private int current;
  private int free = 8;
  private boolean afterOnes;

  JpegLsBitWriter(ByteArrayOutputStream out) {
    this.out = out;
  }

  /** The lowest bits of a number, the most significant first; any count of zeros. */
  void write(int value, int count) {
    for (int n = count - 1; n >= 0; n--) {
      int bit = n < Integer.SIZE ? (value >> n) & 1 : 0;
      current = (current << 1) | bit;
      if (--free == 0) {
        flush();
      }
    }
  }

  /** Fills the last byte with zeros; a scan does not end with a byte of ones. */
  void end() {
    while (free < (afterOnes ? 7 : 8) || afterOnes) {
      write(0, 1);
    }
  }

  private void flush() {
    out.write(current);
    afterOnes = current == 0xff;
    free = afterOnes ? 7 : 8;
    current = 0;
  }
}
