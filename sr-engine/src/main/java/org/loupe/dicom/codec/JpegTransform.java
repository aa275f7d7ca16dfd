package org.loupe.dicom.codec;

/**
 * From the coefficients of a JPEG frame to its samples: dequantisation, inverse cosine transform
 * and repetition of subsampled components. The transform is that of Loeffler, Ligtenberg and
 * Moschytz (ICASSP 1989) in whole numbers with 13 fractional bits, rounded where the reference
 * implementation of the Independent JPEG Group rounds, so that results agree with other software.
 */
final class JpegTransform {

  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private static final int FRACTION = 13;

  // The cosines of the flow graph times 2^13.
  private static final int C0_298631336 = 2446;
  private static final int C0_390180644 = 3196;
  private static final int C0_541196100 = 4433;
  private static final int C0_765366865 = 6270;
  private static final int C0_899976223 = 7373;
  private static final int C1_175875602 = 9633;
  private static final int C1_501321110 = 12299;
  private static final int C1_847759065 = 15137;
  private static final int C1_961570560 = 16069;
  private static final int C2_053119869 = 16819;
  private static final int C2_562915447 = 20995;
  private static final int C3_072711026 = 25172;

  private final JpegFrame frame;
  private final int[][] quantisation;
  private final int[] work = new int[64];

  /** Fractional bits kept between the two passes: one less where samples have 12 bits. */
  private final int kept;

  JpegTransform(JpegFrame frame, int[][] quantisation) {
    this.frame = frame;
    this.quantisation = quantisation;
    this.kept = frame.precision() > 8 ? 1 : 2;
  }

  /** Writes the samples of all components, pixel by pixel. */
  void apply(int[] values) throws CodecException {
    int samples = frame.components().length;
    for (int n = 0; n < samples; n++) {
      JpegFrame.Component c = frame.components()[n];
      int[] table = quantisation[c.quantisation];
      if (table == null) {
        throw new CodecException("broken: a JPEG frame without its quantisation table");
      }
      int stride = 8 * c.blocksAcross;
      int[] plane = new int[stride * 8 * c.blocksDown];
      for (int row = 0; row < c.blocksDown; row++) {
        for (int column = 0; column < c.blocksAcross; column++) {
          int block = 64 * (row * c.blocksAcross + column);
          for (int k = 0; k < 64; k++) {
            work[ZIGZAG[k]] = c.coefficients[block + k] * table[k];
          }
          inverse(plane, row * 8 * stride + column * 8, stride);
        }
      }
      for (int y = 0; y < frame.height(); y++) {
        int line = y * c.vertical / frame.maxVertical() * stride;
        int at = y * frame.width() * samples + n;
        for (int x = 0; x < frame.width(); x++, at += samples) {
          values[at] = plane[line + x * c.horizontal / frame.maxHorizontal()];
        }
      }
    }
  }

  private void inverse(int[] plane, int at, int stride) {
    for (int column = 0; column < 8; column++) {
      pass(column, 8, FRACTION - kept);
    }
    int middle = 1 << (frame.precision() - 1);
    int most = (1 << frame.precision()) - 1;
    for (int row = 0; row < 8; row++) {
      pass(8 * row, 1, FRACTION + kept + 3);
      for (int column = 0; column < 8; column++) {
        plane[at + row * stride + column] = Math.clamp(work[8 * row + column] + middle, 0, most);
      }
    }
  }

  /** One row or column in place; the result is shifted down, rounded. */
  private void pass(int start, int step, int shift) {
    int[] w = work;
    int i1 = start + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    int i4 = i3 + step;
    int i5 = i4 + step;
    int i6 = i5 + step;
    int i7 = i6 + step;
    // Even part.
    long z1 = ((long) w[i2] + w[i6]) * C0_541196100;
    long e2 = z1 - (long) w[i6] * C1_847759065;
    long e3 = z1 + (long) w[i2] * C0_765366865;
    long e0 = ((long) w[start] + w[i4]) << FRACTION;
    long e1 = ((long) w[start] - w[i4]) << FRACTION;
    long t10 = e0 + e3;
    long t13 = e0 - e3;
    long t11 = e1 + e2;
    long t12 = e1 - e2;
    // Odd part.
    long a = w[i7];
    long b = w[i5];
    long c = w[i3];
    long d = w[i1];
    long z5 = (a + c + b + d) * C1_175875602;
    long y1 = -(a + d) * C0_899976223;
    long y2 = -(b + c) * C2_562915447;
    long y3 = z5 - (a + c) * C1_961570560;
    long y4 = z5 - (b + d) * C0_390180644;
    long o0 = a * C0_298631336 + y1 + y3;
    long o1 = b * C2_053119869 + y2 + y4;
    long o2 = c * C3_072711026 + y2 + y3;
    long o3 = d * C1_501321110 + y1 + y4;
    long half = 1L << (shift - 1);
    w[start] = (int) ((t10 + o3 + half) >> shift);
    w[i7] = (int) ((t10 - o3 + half) >> shift);
    w[i1] = (int) ((t11 + o2 + half) >> shift);
    w[i6] = (int) ((t11 - o2 + half) >> shift);
    w[i2] = (int) ((t12 + o1 + half) >> shift);
    w[i5] = (int) ((t12 - o1 + half) >> shift);
    w[i3] = (int) ((t13 + o0 + half) >> shift);
    w[i4] = (int) ((t13 - o0 + half) >> shift);
  }
}
