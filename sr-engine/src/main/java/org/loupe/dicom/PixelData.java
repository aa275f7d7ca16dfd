package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalDouble;

/**
 * The uncompressed monochrome pixels of a data set (PS3.3 C.7.6.3): 8, 16 or 32 bits allocated, any
 * bits stored and high bit, signed or not.
 */
public final class PixelData {

  private final ByteBuffer bytes;
  private final int columns;
  private final int rows;
  private final int frames;
  private final int allocated;
  private final int stored;
  private final int shift;
  private final boolean signed;
  private final boolean swapped;

  /**
   * Takes the pixels of a file.
   *
   * @throws DicomException where there are none, or of a kind that is not supported
   */
  public PixelData(DicomFile file) throws DicomException {
    DicomDataset d = file.dataset();
    DicomElement element = d.get(Tag.PIXEL_DATA);
    if (element == null) {
      throw new DicomException("truncated, or no image: it holds no pixels");
    }
    if (file.syntax().encapsulated() || !element.fragments().isEmpty()) {
      throw new DicomException(file.syntax().name() + " compression is not supported yet");
    }
    if (d.integer(Tag.SAMPLES_PER_PIXEL, 1) != 1) {
      throw new DicomException("colour images are not supported");
    }
    String photometric = d.string(Tag.PHOTOMETRIC_INTERPRETATION);
    if (!photometric.isEmpty() && !photometric.startsWith("MONOCHROME")) {
      throw new DicomException(photometric + " images are not supported");
    }
    columns = positive(d, Tag.COLUMNS);
    rows = positive(d, Tag.ROWS);
    frames = Math.max(1, d.integer(Tag.NUMBER_OF_FRAMES, 1));
    allocated = positive(d, Tag.BITS_ALLOCATED);
    if (allocated != 8 && allocated != 16 && allocated != 32) {
      throw new DicomException(allocated + " bits allocated per pixel are not supported");
    }
    stored = d.integer(Tag.BITS_STORED, allocated);
    int highBit = d.integer(Tag.HIGH_BIT, stored - 1);
    shift = highBit + 1 - stored;
    if (stored < 1 || shift < 0 || highBit >= allocated) {
      throw new DicomException(
          "%d bits stored up to bit %d do not fit %d bits".formatted(stored, highBit, allocated));
    }
    signed = d.integer(Tag.PIXEL_REPRESENTATION, 0) == 1;
    bytes = element.value();
    // Bytes of 8-bit pixels that travel as big endian words are swapped (PS3.5 annex D).
    swapped = allocated == 8 && element.vr() == Vr.OW && bytes.order() == ByteOrder.BIG_ENDIAN;
    long need = (long) columns * rows * frames * (allocated / 8);
    if (bytes.limit() < need) {
      throw new DicomException(
          "truncated: %d bytes of pixels in place of %d".formatted(bytes.limit(), need));
    }
  }

  public int columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }

  public int frames() {
    return frames;
  }

  /** Stored values of a frame (0-based), times slope plus intercept, row by row. */
  public float[] frame(int frame, double slope, double intercept) {
    int pixels = columns * rows;
    long first = (long) frame * pixels;
    float[] values = new float[pixels];
    for (int n = 0; n < pixels; n++) {
      values[n] = (float) (stored((int) (first + n)) * slope + intercept);
    }
    return values;
  }

  private long stored(int n) {
    long raw =
        switch (allocated) {
          case 8 -> bytes.get(swapped ? n ^ 1 : n);
          case 16 -> bytes.getShort(2 * n);
          default -> bytes.getInt(4 * n);
        };
    int above = Long.SIZE - stored - shift;
    long high = raw << above;
    return signed ? high >> (above + shift) : high >>> (above + shift);
  }

  private static int positive(DicomDataset d, int tag) throws DicomException {
    OptionalDouble number = d.number(tag);
    if (number.isEmpty() || number.getAsDouble() < 1 || number.getAsDouble() > 65535) {
      throw new DicomException("it lacks a sound " + Dictionary.describe(tag));
    }
    return (int) number.getAsDouble();
  }
}
