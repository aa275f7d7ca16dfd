package org.loupe.dicom.codec;

/**
 * What the data set says of a frame. A code stream that says otherwise is not decoded, so that
 * nothing is allocated that the data set does not ask for.
 *
 * @param samples samples of a pixel: 1, or 3 for colour
 * @param bitsAllocated bits of a sample in the uncompressed form: 8, 16 or 32
 */
public record FrameFormat(int columns, int rows, int samples, int bitsAllocated) {

  /** Number of values in a frame. */
  int size() {
    return Math.multiplyExact(Math.multiplyExact(columns, rows), samples);
  }

  /** Makes sure that a code stream has the frame's size. */
  void require(String kind, int width, int height, int components) throws CodecException {
    if (width != columns || height != rows || components != samples) {
      throw new CodecException(
          "broken: a %s of %d x %d x %d in place of %d x %d x %d"
              .formatted(kind, width, height, components, columns, rows, samples));
    }
  }
}
