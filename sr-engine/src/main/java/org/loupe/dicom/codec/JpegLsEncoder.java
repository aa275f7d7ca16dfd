package org.loupe.dicom.codec;

import java.io.ByteArrayOutputStream;

/** JPEG-LS, lossless, of one component (ISO 14495-1), with the standard's default parameters. */
public final class JpegLsEncoder implements FrameEncoder {

  @Override
  public byte[] encode(int[] samples, int columns, int rows, int precision) throws CodecException {
    FrameEncoder.require(samples, columns, rows, precision);
    ByteArrayOutputStream out = new ByteArrayOutputStream(samples.length);
    // SOI; SOF55 of one component; SOS without near-loss and interleaving (C.1.1, annex C.2).
    put(out, 0xffd8, 0xfff7, 11);
    out.write(precision);
    put(out, rows, columns);
    out.writeBytes(new byte[] {1, 1, 0x11, 0});
    put(out, 0xffda, 8);
    out.writeBytes(new byte[] {1, 1, 0, 0, 0, 0});
    new Scan(out, JpegLsParameters.of(precision, 0, new int[5])).encode(samples, columns, rows);
    put(out, 0xffd9);
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, int... words) {
    for (int word : words) {
      out.write(word >> 8);
      out.write(word);
    }
  }

  /** The samples (annex A). */
  private static final class Scan extends JpegLsModel {
    private final JpegLsBitWriter bits;
    private int runIndex;

    Scan(ByteArrayOutputStream out, JpegLsParameters parameters) {
      super(parameters);
      bits = new JpegLsBitWriter(out);
    }

    void encode(int[] samples, int columns, int rows) {
      int[] previous = new int[columns + 2];
      int[] current = new int[columns + 2];
      for (int y = 0; y < rows; y++) {
        current[0] = previous[1];
        previous[columns + 1] = previous[columns];
        System.arraycopy(samples, y * columns, current, 1, columns);
        line(previous, current, columns);
        int[] swap = previous;
        previous = current;
        current = swap;
      }
      bits.end();
    }

    private void line(int[] previous, int[] current, int width) {
      int x = 1;
      while (x <= width) {
        int context = context(previous, current, x);
        if (context != 0) {
          regular(context, predicted(previous, current, x), current[x]);
          x++;
          continue;
        }
        int a = current[x - 1];
        int run = 0;
        while (x + run <= width && current[x + run] == a) {
          run++;
        }
        x += run;
        run(run, x > width);
        if (x <= width) {
          interruption(a, previous[x], current[x]);
          x++;
        }
      }
    }

    private void regular(int signedContext, int prediction, int sample) {
      int sign = signedContext < 0 ? -1 : 1;
      int q = Math.abs(signedContext);
      int error = reduced(sign * (sample - corrected(prediction, sign, q)));
      int k = golombOrder(occurrences[q], magnitude[q]);
      int shown = inverted(q, k) ? -error - 1 : error;
      golomb(shown >= 0 ? 2 * shown : -2 * shown - 1, k, p.limit());
      update(q, error);
    }

    /** The error of the same residue in the middle of the range (A.4.5). */
    private int reduced(int error) {
      int e = error < 0 ? error + p.range() : error;
      return e >= (p.range() + 1) / 2 ? e - p.range() : e;
    }

    /** Length of a run (A.7.1). */
    private void run(int length, boolean toTheEnd) {
      int rest = length;
      while (rest >= 1 << RUN_ORDER[runIndex]) {
        bits.write(1, 1);
        rest -= 1 << RUN_ORDER[runIndex];
        runIndex = Math.min(runIndex + 1, RUN_ORDER.length - 1);
      }
      if (!toTheEnd) {
        bits.write(0, 1);
        bits.write(rest, RUN_ORDER[runIndex]);
      } else if (rest > 0) {
        bits.write(1, 1);
      }
    }

    /** The sample that ends a run (A.7.2). */
    private void interruption(int a, int b, int sample) {
      int type = a == b ? 1 : 0;
      int q = CONTEXTS + type;
      int error = type == 1 ? sample - a : b >= a ? sample - b : b - sample;
      error = reduced(error);
      int k = golombOrder(occurrences[q], magnitude[q] + type * (occurrences[q] >> 1));
      boolean expectsNegative = k != 0 || 2 * negative[q] >= occurrences[q];
      int map = error != 0 && (error < 0) == expectsNegative ? 1 : 0;
      int mapped = 2 * Math.abs(error) - type - map;
      golomb(mapped, k, p.limit() - RUN_ORDER[runIndex] - 1);
      updateInterrupted(q, mapped, error < 0);
      runIndex = Math.max(0, runIndex - 1);
    }

    /** A limited-length Golomb code word (A.5.3). */
    private void golomb(int mapped, int k, int limit) {
      int most = limit - p.errorBits() - 1;
      int zeros = mapped >> k;
      if (zeros < most) {
        bits.write(0, zeros);
        bits.write(1, 1);
        bits.write(mapped, k);
      } else {
        bits.write(0, most);
        bits.write(1, 1);
        bits.write(mapped - 1, p.errorBits());
      }
    }
  }
}
