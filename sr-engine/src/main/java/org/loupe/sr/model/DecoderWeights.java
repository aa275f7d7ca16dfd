package org.loupe.sr.model;

/**
 * The decoder's weights on the Java heap, in the order of the engine: output channel, input
 * channel, row, column. Arrays are shared, not copied.
 *
 * @param first (hidden, guides + 2, 3, 3): of guides, base and guidance
 * @param second (hidden, hidden, 3, 3)
 * @param last (2, hidden): of the picture's change and of the expected error
 */
public record DecoderWeights(
    int guides,
    int hidden,
    float[] first,
    float[] firstBias,
    float[] second,
    float[] secondBias,
    float[] last,
    float[] lastBias) {

  private static final int KERNEL = 3;

  /** Those that make of mirrored maps the mirrored picture: columns of kernels in reverse. */
  public DecoderWeights mirrored() {
    return new DecoderWeights(
        guides, hidden, mirrored(first), firstBias, mirrored(second), secondBias, last, lastBias);
  }

  private static float[] mirrored(float[] kernels) {
    float[] mirrored = new float[kernels.length];
    for (int i = 0; i < kernels.length; i++) {
      int column = i % KERNEL;
      mirrored[i] = kernels[i - column + KERNEL - 1 - column];
    }
    return mirrored;
  }
}
