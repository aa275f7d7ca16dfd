package org.loupe.dicom.codec;

/**
 * What the coding of a JPEG-LS scan depends on (ISO 14495-1 A.2.1 and C.2.4.1.1).
 *
 * @param maximum largest sample value (MAXVAL)
 * @param near largest error of a sample (NEAR); 0 for lossless
 * @param t1 first threshold of the gradients; t2 and t3 the next
 * @param reset number of samples after which statistics are halved (RESET)
 * @param range number of different prediction errors (RANGE)
 * @param errorBits bits of a prediction error (qbpp)
 * @param limit longest code word (LIMIT)
 */
record JpegLsParameters(
    int maximum, int near, int t1, int t2, int t3, int reset, int range, int errorBits, int limit) {

  private static final int DEFAULT_RESET = 64;

  /**
   * Parameters of a scan.
   *
   * @param presets MAXVAL, T1, T2, T3, RESET; 0 for the default
   */
  static JpegLsParameters of(int precision, int near, int[] presets) throws CodecException {
    int maximum = presets[0] > 0 ? presets[0] : (1 << precision) - 1;
    if (maximum >= 1 << precision || near > Math.min(255, maximum / 2)) {
      throw new CodecException("broken: JPEG-LS parameters out of range");
    }
    int[] t = thresholds(maximum, near);
    for (int n = 0; n < t.length; n++) {
      t[n] = presets[1 + n] > 0 ? presets[1 + n] : t[n];
    }
    int range = (maximum + 2 * near) / (2 * near + 1) + 1;
    int bits = Math.max(2, ceilLog2(maximum + 1));
    return new JpegLsParameters(
        maximum,
        near,
        t[0],
        t[1],
        t[2],
        presets[4] > 0 ? presets[4] : DEFAULT_RESET,
        range,
        ceilLog2(range),
        2 * (bits + Math.max(8, bits)));
  }

  private static int[] thresholds(int maximum, int near) {
    int t1;
    int t2;
    int t3;
    if (maximum >= 128) {
      int factor = (Math.min(maximum, 4095) + 128) / 256;
      t1 = clamp(factor + 2 + 3 * near, near + 1, maximum);
      t2 = clamp(4 * factor + 3 + 5 * near, t1, maximum);
      t3 = clamp(17 * factor + 4 + 7 * near, t2, maximum);
    } else {
      int factor = 256 / (maximum + 1);
      t1 = clamp(Math.max(2, 3 / factor + 3 * near), near + 1, maximum);
      t2 = clamp(Math.max(3, 7 / factor + 5 * near), t1, maximum);
      t3 = clamp(Math.max(4, 21 / factor + 7 * near), t2, maximum);
    }
    return new int[] {t1, t2, t3};
  }

  /** The standard's clamping: what is out of range becomes the lower bound. */
  private static int clamp(int value, int low, int high) {
    return value > high || value < low ? low : value;
  }

  private static int ceilLog2(int value) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
  }
}
