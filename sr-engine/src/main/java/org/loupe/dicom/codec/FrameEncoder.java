package org.loupe.dicom.codec;

/** Encodes a frame of one sample a pixel without loss. */
public interface FrameEncoder {

  /** Largest number of bits of a sample. */
  int DEEPEST = 16;

  /**
   * Encodes a frame.
   *
   * @param samples unsigned values, row by row
   * @param precision bits of a sample, 2 to 16
   * @return the code stream
   * @throws CodecException where the frame cannot be encoded without loss
   */
  byte[] encode(int[] samples, int columns, int rows, int precision) throws CodecException;

  /** Makes sure that a frame is one that can be encoded. */
  static void require(int[] samples, int columns, int rows, int precision) throws CodecException {
    if (columns < 1 || rows < 1 || columns > 65535 || rows > 65535) {
      throw new CodecException("a frame of %d x %d pixels".formatted(columns, rows));
    }
    if (precision < 2 || precision > DEEPEST || samples.length != columns * rows) {
      throw new CodecException("%d samples of %d bits".formatted(samples.length, precision));
    }
    for (int sample : samples) {
      if (sample >> precision != 0) {
        throw new CodecException("the sample %d has no %d bits".formatted(sample, precision));
      }
    }
  }
}
