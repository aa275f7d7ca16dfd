package org.loupe.dicom.codec;

/**
 * A scan of a DCT process of JPEG (T.81 annexes F and G): fills in the coefficients of its
 * components, all of them in sequential processes, some of their bits in progressive ones.
 */
final class JpegDctScan {

  private static final int BLOCK = 64;

  private final JpegFrame frame;
  private final JpegScan scan;
  private final JpegBits bits;
  private final HuffmanTable[] dc;
  private final HuffmanTable[] ac;

  /** Blocks still to come whose coefficients of this scan are all zero. */
  private int endOfBand;

  JpegDctScan(JpegFrame frame, JpegScan scan, JpegBits bits, HuffmanTable[] dc, HuffmanTable[] ac) {
    this.frame = frame;
    this.scan = scan;
    this.bits = bits;
    this.dc = dc;
    this.ac = ac;
  }

  void decode() throws CodecException {
    boolean needsDc = scan.start() == 0 && scan.high() == 0;
    boolean needsAc = !frame.progressive() || scan.start() > 0;
    for (JpegFrame.Component c : scan.components()) {
      c.dcPrediction = 0;
      if ((needsDc && dc[c.dcTable] == null) || (needsAc && ac[c.acTable] == null)) {
        throw new CodecException("broken: a JPEG scan without its Huffman table");
      }
    }
    if (scan.components().length == 1) {
      single(scan.components()[0]);
    } else if (frame.progressive() && scan.start() > 0) {
      throw new CodecException("broken: a progressive JPEG scan of several components");
    } else {
      interleaved();
    }
  }

  /** One component: its own blocks, without those that only fill up units. */
  private void single(JpegFrame.Component c) throws CodecException {
    int across = JpegFrame.ceil(c.width, 8);
    int down = JpegFrame.ceil(c.height, 8);
    for (int n = 0; n < across * down; n++) {
      restartAt(n);
      block(c, n / across, n % across);
    }
  }

  private void interleaved() throws CodecException {
    JpegFrame.Component any = scan.components()[0];
    int across = any.blocksAcross / any.horizontal;
    int units = across * (any.blocksDown / any.vertical);
    for (int n = 0; n < units; n++) {
      restartAt(n);
      for (JpegFrame.Component c : scan.components()) {
        for (int v = 0; v < c.vertical; v++) {
          for (int h = 0; h < c.horizontal; h++) {
            block(c, n / across * c.vertical + v, n % across * c.horizontal + h);
          }
        }
      }
    }
  }

  private void restartAt(int unit) {
    if (scan.interval() > 0 && unit > 0 && unit % scan.interval() == 0) {
      bits.restart();
      endOfBand = 0;
      for (JpegFrame.Component c : scan.components()) {
        c.dcPrediction = 0;
      }
    }
  }

  private void block(JpegFrame.Component c, int row, int column) throws CodecException {
    int at = BLOCK * (row * c.blocksAcross + column);
    if (!frame.progressive()) {
      sequential(c, at);
    } else if (scan.start() == 0) {
      if (scan.high() == 0) {
        c.dcPrediction += bits.difference(dc[c.dcTable].decode(bits) & 15);
        c.coefficients[at] = (short) (c.dcPrediction << scan.low());
      } else {
        c.coefficients[at] |= (short) (bits.read(1) << scan.low());
      }
    } else if (scan.high() == 0) {
      firstOfBand(c, at);
    } else {
      refine(c, at);
    }
  }

  private void sequential(JpegFrame.Component c, int at) throws CodecException {
    c.dcPrediction += bits.difference(Math.min(16, dc[c.dcTable].decode(bits)));
    c.coefficients[at] = (short) c.dcPrediction;
    HuffmanTable table = ac[c.acTable];
    for (int k = 1; k < BLOCK; k++) {
      int symbol = table.decode(bits);
      int size = symbol & 15;
      int zeros = symbol >> 4;
      if (size == 0) {
        if (zeros != 15) {
          return;
        }
        k += 15;
        continue;
      }
      k += zeros;
      if (k >= BLOCK) {
        throw new CodecException("broken: too many coefficients in a JPEG block");
      }
      c.coefficients[at + k] = (short) bits.difference(size);
    }
  }

  private void firstOfBand(JpegFrame.Component c, int at) throws CodecException {
    if (endOfBand > 0) {
      endOfBand--;
      return;
    }
    for (int k = scan.start(); k <= scan.end(); k++) {
      int symbol = ac[c.acTable].decode(bits);
      int size = symbol & 15;
      int zeros = symbol >> 4;
      if (size == 0) {
        if (zeros < 15) {
          endOfBand = (1 << zeros) - 1 + bits.read(zeros);
          return;
        }
        k += 15;
        continue;
      }
      k += zeros;
      if (k >= BLOCK) {
        throw new CodecException("broken: too many coefficients in a JPEG block");
      }
      c.coefficients[at + k] = (short) (bits.difference(size) << scan.low());
    }
  }

  /** One more bit of the coefficients that are not zero, and new ones between them (G.1.2.3). */
  private void refine(JpegFrame.Component c, int at) throws CodecException {
    int bit = 1 << scan.low();
    int k = scan.start();
    if (endOfBand == 0) {
      for (; k <= scan.end(); k++) {
        int symbol = ac[c.acTable].decode(bits);
        int zeros = symbol >> 4;
        int value = 0;
        if ((symbol & 15) != 0) {
          value = bits.read(1) == 1 ? bit : -bit;
        } else if (zeros < 15) {
          endOfBand = (1 << zeros) + bits.read(zeros);
          break;
        }
        for (; k <= scan.end(); k++) {
          if (c.coefficients[at + k] != 0) {
            correct(c.coefficients, at + k, bit);
          } else if (zeros-- == 0) {
            break;
          }
        }
        if (value != 0 && k < BLOCK) {
          c.coefficients[at + k] = (short) value;
        }
      }
    }
    if (endOfBand > 0) {
      for (; k <= scan.end(); k++) {
        if (c.coefficients[at + k] != 0) {
          correct(c.coefficients, at + k, bit);
        }
      }
      endOfBand--;
    }
  }

  private void correct(short[] coefficients, int at, int bit) throws CodecException {
    if (bits.read(1) == 1 && (coefficients[at] & bit) == 0) {
      coefficients[at] += (short) (coefficients[at] > 0 ? bit : -bit);
    }
  }
}
