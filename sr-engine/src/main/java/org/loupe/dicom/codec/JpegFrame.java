package org.loupe.dicom.codec;

/**
 * The frame of a JPEG stream (T.81 B.2.2).
 *
 * @param process number of the SOF marker: 0 baseline, 1 extended, 2 progressive, 3 lossless
 * @param precision bits of a sample
 */
record JpegFrame(int process, int precision, int width, int height, Component[] components) {

  /** One component, with its samples or coefficients and what the scans have set for it. */
  static final class Component {
    final int id;
    final int horizontal;
    final int vertical;
    final int quantisation;

    /** Its own size in samples, and in blocks of 8 x 8 padded to whole units of the scan. */
    int width;

    int height;
    int blocksAcross;
    int blocksDown;

    /** Coefficients block by block in zigzag order; of DCT processes only. */
    short[] coefficients;

    int dcTable;
    int acTable;
    int dcPrediction;

    Component(int id, int horizontal, int vertical, int quantisation) {
      this.id = id;
      this.horizontal = horizontal;
      this.vertical = vertical;
      this.quantisation = quantisation;
    }
  }

  int maxHorizontal() {
    int most = 1;
    for (Component c : components) {
      most = Math.max(most, c.horizontal);
    }
    return most;
  }

  int maxVertical() {
    int most = 1;
    for (Component c : components) {
      most = Math.max(most, c.vertical);
    }
    return most;
  }

  boolean lossless() {
    return process == 3;
  }

  boolean progressive() {
    return process == 2;
  }

  /** Lays out the components and makes room for their coefficients. */
  void prepare() {
    int across = ceil(width, 8 * maxHorizontal());
    int down = ceil(height, 8 * maxVertical());
    for (Component c : components) {
      c.width = ceil(width * c.horizontal, maxHorizontal());
      c.height = ceil(height * c.vertical, maxVertical());
      c.blocksAcross = across * c.horizontal;
      c.blocksDown = down * c.vertical;
      if (!lossless()) {
        c.coefficients = new short[Math.multiplyExact(64, c.blocksAcross * c.blocksDown)];
      }
    }
  }

  static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
