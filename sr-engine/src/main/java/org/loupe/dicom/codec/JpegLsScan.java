package org.loupe.dicom.codec;

/** Decodes the samples of one JPEG-LS scan (ISO 14495-1 annex A). */
final class JpegLsScan extends JpegLsModel {

  private final JpegLsBits bits;
  private final FrameFormat format;
  private final int count;

  private final int[] runIndex;

  JpegLsScan(byte[] in, int start, JpegLsParameters parameters, FrameFormat format, int count) {
    super(parameters);
    this.bits = new JpegLsBits(in, start);
    this.format = format;
    this.count = count;
    this.runIndex = new int[count];
  }

  /**
   * Decodes the scan.
   *
   * @param values samples of all components, pixel by pixel
   * @param first first component of the scan
   * @param bySample whether components alternate by sample rather than by line
   * @param shift point transform: bits that were left out
   * @return where the scan's data ends
   */
  int decode(int[] values, int first, boolean bySample, int shift) throws CodecException {
    int width = format.columns();
    int samples = format.samples();
    // Lines with a sample more on both sides.
    int[][] previous = new int[count][width + 2];
    int[][] current = new int[count][width + 2];
    for (int y = 0; y < format.rows(); y++) {
      for (int c = 0; c < count; c++) {
        current[c][0] = previous[c][1];
        previous[c][width + 1] = previous[c][width];
      }
      if (bySample) {
        lineBySample(previous, current, width);
      } else {
        for (int c = 0; c < count; c++) {
          line(previous[c], current[c], width, c);
        }
      }
      for (int c = 0; c < count; c++) {
        int at = y * width * samples + first + c;
        for (int x = 1; x <= width; x++, at += samples) {
          values[at] = current[c][x] << shift;
        }
      }
      int[][] swap = previous;
      previous = current;
      current = swap;
    }
    return bits.end();
  }

  private void line(int[] previous, int[] current, int width, int component) throws CodecException {
    int x = 1;
    while (x <= width) {
      int context = context(previous, current, x);
      if (context != 0) {
        current[x] = regular(context, predicted(previous, current, x));
        x++;
        continue;
      }
      int run = runLength(width - x + 1, component);
      int a = current[x - 1];
      for (int end = x + run; x < end; x++) {
        current[x] = a;
      }
      if (x <= width) {
        int b = previous[x];
        boolean equal = Math.abs(a - b) <= p.near();
        current[x] = interruption(a, b, equal, component);
        endRun(component);
        x++;
      }
    }
  }

  /** All components of a pixel in turn; runs are those of whole pixels, by the first's index. */
  private void lineBySample(int[][] previous, int[][] current, int width) throws CodecException {
    int[] contexts = new int[count];
    int x = 1;
    while (x <= width) {
      boolean flat = true;
      for (int c = 0; c < count; c++) {
        contexts[c] = context(previous[c], current[c], x);
        flat &= contexts[c] == 0;
      }
      if (!flat) {
        for (int c = 0; c < count; c++) {
          current[c][x] = regular(contexts[c], predicted(previous[c], current[c], x));
        }
        x++;
        continue;
      }
      int run = runLength(width - x + 1, 0);
      for (int end = x + run; x < end; x++) {
        for (int c = 0; c < count; c++) {
          current[c][x] = current[c][x - 1];
        }
      }
      if (x <= width) {
        for (int c = 0; c < count; c++) {
          current[c][x] = interruption(current[c][x - 1], previous[c][x], false, 0);
        }
        endRun(0);
        x++;
      }
    }
  }

  private int regular(int signedContext, int prediction) throws CodecException {
    int sign = signedContext < 0 ? -1 : 1;
    int q = Math.abs(signedContext);
    int px = corrected(prediction, sign, q);
    int k = golombOrder(occurrences[q], magnitude[q]);
    int mapped = golomb(k, p.limit());
    boolean inverted = inverted(q, k);
    int error = (mapped & 1) == 0 ? mapped >> 1 : -((mapped + 1) >> 1);
    if (inverted) {
      error = -error - 1;
    }
    update(q, error);
    return reconstructed(px, sign * error);
  }

  /** Length of a run that starts here, at most up to the end of the line (A.7.1). */
  private int runLength(int rest, int component) throws CodecException {
    int run = 0;
    while (bits.read() == 1) {
      int whole = 1 << RUN_ORDER[runIndex[component]];
      int length = Math.min(whole, rest - run);
      run += length;
      if (length == whole && runIndex[component] < RUN_ORDER.length - 1) {
        runIndex[component]++;
      }
      if (run == rest) {
        return run;
      }
    }
    run += bits.read(RUN_ORDER[runIndex[component]]);
    if (run >= rest) {
      throw new CodecException("broken: a JPEG-LS run passes the end of its line");
    }
    return run;
  }

  private void endRun(int component) {
    if (runIndex[component] > 0) {
      runIndex[component]--;
    }
  }

  /** The sample that ends a run (A.7.2). */
  private int interruption(int a, int b, boolean equal, int component) throws CodecException {
    int type = equal ? 1 : 0;
    int q = CONTEXTS + type;
    int k = golombOrder(occurrences[q], magnitude[q] + type * (occurrences[q] >> 1));
    int mapped = golomb(k, p.limit() - RUN_ORDER[runIndex[component]] - 1);
    int folded = mapped + type;
    boolean odd = (folded & 1) == 1;
    int size = (folded + 1) >> 1;
    boolean expectsNegative = k != 0 || 2 * negative[q] >= occurrences[q];
    int error = expectsNegative == odd ? -size : size;
    updateInterrupted(q, mapped, error < 0);
    return equal ? reconstructed(a, error) : reconstructed(b, b >= a ? error : -error);
  }

  private int reconstructed(int prediction, int error) {
    int value = prediction + error * step;
    if (value < -p.near()) {
      value += p.range() * step;
    } else if (value > p.maximum() + p.near()) {
      value -= p.range() * step;
    }
    return Math.clamp(value, 0, p.maximum());
  }

  /** A limited-length Golomb code word (A.5.3). */
  private int golomb(int k, int limit) throws CodecException {
    int zeros = 0;
    int most = limit - p.errorBits() - 1;
    while (bits.read() == 0) {
      if (++zeros > most) {
        throw new CodecException("broken: a JPEG-LS code word is too long");
      }
    }
    return zeros < most ? (zeros << k) | bits.read(k) : bits.read(p.errorBits()) + 1;
  }
}
