package org.loupe.dicom.codec;

/** A Huffman table of JPEG (ITU-T T.81 annex C) with a quick look-up of short codes. */
final class HuffmanTable {

  private static final int QUICK = 9;
  private static final int LONGEST = 16;

  /** By the next nine bits: length of the code and, above, its symbol; 0 for longer codes. */
  private final int[] quick = new int[1 << QUICK];

  // By length: the smallest code, the first beyond, and where its symbols start.
  private final int[] smallest = new int[LONGEST + 1];
  private final int[] beyond = new int[LONGEST + 1];
  private final int[] first = new int[LONGEST + 1];
  private final byte[] symbols;

  /**
   * A table as the DHT marker has it.
   *
   * @param counts number of codes of 1 to 16 bits
   * @param symbols in the order of the codes
   */
  HuffmanTable(int[] counts, byte[] symbols) throws CodecException {
    this.symbols = symbols;
    int code = 0;
    int n = 0;
    for (int length = 1; length <= LONGEST; length++) {
      smallest[length] = code;
      first[length] = n;
      for (int k = 0; k < counts[length - 1]; k++, code++, n++) {
        if (code >= 1 << length) {
          throw new CodecException("broken: a JPEG Huffman table has too many codes");
        }
        if (length <= QUICK) {
          int from = code << (QUICK - length);
          int entry = ((symbols[n] & 0xff) << 8) | length;
          java.util.Arrays.fill(quick, from, from + (1 << (QUICK - length)), entry);
        }
      }
      beyond[length] = code;
      code <<= 1;
    }
  }

  /** The symbol of the code that comes next. */
  int decode(JpegBits bits) throws CodecException {
    int entry = quick[bits.peek(QUICK)];
    if (entry != 0) {
      bits.skip(entry & 0xff);
      return entry >> 8;
    }
    int next = bits.peek(LONGEST);
    for (int length = QUICK + 1; length <= LONGEST; length++) {
      int code = next >> (LONGEST - length);
      if (code >= smallest[length] && code < beyond[length]) {
        bits.skip(length);
        return symbols[first[length] + code - smallest[length]] & 0xff;
      }
    }
    throw new CodecException("broken: no JPEG Huffman code");
  }
}
