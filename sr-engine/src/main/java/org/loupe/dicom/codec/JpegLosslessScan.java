package org.loupe.dicom.codec;

/**
 * A scan of lossless JPEG (T.81 annex H): each sample is predicted from its left (a), upper (b) and
 * upper left (c) neighbours, the difference modulo 2^16 is Huffman coded.
 */
final class JpegLosslessScan {

  private final JpegFrame frame;
  private final JpegScan scan;
  private final JpegBits bits;
  private final HuffmanTable[] tables;

  JpegLosslessScan(JpegFrame frame, JpegScan scan, JpegBits bits, HuffmanTable[] tables) {
    this.frame = frame;
    this.scan = scan;
    this.bits = bits;
    this.tables = tables;
  }

  /** Decodes the scan's components into the values, pixel by pixel. */
  void decode(int[] values) throws CodecException {
    int predictor = scan.start();
    if (predictor < 1 || predictor > 7) {
      throw new CodecException("broken: lossless JPEG with predictor %d".formatted(predictor));
    }
    int count = scan.components().length;
    int[] offsets = new int[count];
    HuffmanTable[] table = new HuffmanTable[count];
    for (int n = 0; n < count; n++) {
      JpegFrame.Component c = scan.components()[n];
      offsets[n] = java.util.Arrays.asList(frame.components()).indexOf(c);
      table[n] = tables[c.dcTable];
      if (table[n] == null) {
        throw new CodecException("broken: a JPEG scan without its Huffman table");
      }
      if (c.horizontal != frame.maxHorizontal() || c.vertical != frame.maxVertical()) {
        throw new CodecException("subsampled lossless JPEG is not supported");
      }
    }
    int samples = frame.components().length;
    int stride = frame.width() * samples;
    int initial = 1 << (frame.precision() - scan.low() - 1);
    int untilRestart = scan.interval();
    boolean first = true; // the line after a start or restart
    boolean fresh = true; // its first sample
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        if (scan.interval() > 0 && untilRestart-- == 0) {
          bits.restart();
          untilRestart = scan.interval() - 1;
          first = true;
          fresh = true;
        }
        for (int n = 0; n < count; n++) {
          int at = y * stride + x * samples + offsets[n];
          int prediction;
          if (fresh) {
            prediction = initial;
          } else if (first) {
            prediction = x == 0 ? values[at - stride] : values[at - samples];
          } else if (x == 0) {
            prediction = values[at - stride];
          } else {
            int a = values[at - samples];
            int b = values[at - stride];
            prediction = predicted(predictor, a, b, values[at - stride - samples]);
          }
          values[at] = (prediction + difference(table[n])) & 0xffff;
        }
        fresh = false;
      }
      first = false;
    }
    if (scan.low() > 0) {
      for (int offset : offsets) {
        for (int at = offset; at < values.length; at += samples) {
          values[at] <<= scan.low();
        }
      }
    }
  }

  private int difference(HuffmanTable table) throws CodecException {
    int category = table.decode(bits);
    if (category > 16) {
      throw new CodecException("broken: a lossless JPEG difference of too many bits");
    }
    return category == 16 ? 32768 : bits.difference(category);
  }

  private static int predicted(int predictor, int a, int b, int c) {
    return switch (predictor) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> c;
      case 4 -> a + b - c;
      case 5 -> a + ((b - c) >> 1);
      case 6 -> b + ((a - c) >> 1);
      default -> (a + b) >> 1;
    };
  }
}
