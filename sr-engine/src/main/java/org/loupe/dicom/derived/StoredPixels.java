package org.loupe.dicom.derived;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DecimalString;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Vr;
import org.loupe.image.Image2;

/**
 * How computed values become 16-bit stored ones. Where they reach far enough, and fit, they are
 * rounded as they are; else they are scaled over the whole range, and Rescale Slope and Intercept
 * undo it.
 *
 * @param signed whether stored values have a sign
 * @param slope real units of a stored unit
 * @param intercept real value of the stored 0
 */
record StoredPixels(boolean signed, double slope, double intercept) {

  /** Values that reach this far keep enough precision as whole numbers. */
  private static final double FINE_ENOUGH = 1000;

  /** Largest array. */
  private static final int MOST = Integer.MAX_VALUE - 64;

  /** One way for all images of a series. */
  static StoredPixels of(List<Image2> images) {
    return of(images, true);
  }

  /**
   * One way for all images of a series.
   *
   * @param signs whether stored values may have a sign; without one the lowest is the intercept
   */
  static StoredPixels of(List<Image2> images, boolean signs) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Image2 image : images) {
      for (float value : image.values()) {
        if (Float.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (high >= FINE_ENOUGH && low >= -0.5 && high <= 65535) {
      return new StoredPixels(false, 1, 0);
    }
    if (high >= FINE_ENOUGH && low >= Short.MIN_VALUE && high <= Short.MAX_VALUE) {
      return signs ? new StoredPixels(true, 1, 0) : new StoredPixels(false, 1, Math.rint(low));
    }
    if (!(high > low)) {
      return new StoredPixels(false, 1, Double.isFinite(low) ? rounded(low) : 0);
    }
    return new StoredPixels(false, rounded((high - low) / 65534), rounded(low));
  }

  /** What is written as a decimal string is what the pixels are scaled by. */
  private static double rounded(double value) {
    return Double.parseDouble(DecimalString.of(value));
  }

  /** The stored value; 0 of what is not finite. */
  int stored(float value) {
    if (!Float.isFinite(value)) {
      return 0;
    }
    long n = Math.round((value - intercept) / slope);
    return signed ? Math.clamp(n, Short.MIN_VALUE, Short.MAX_VALUE) : Math.clamp(n, 0, 65535);
  }

  /** The image pixel module (PS3.3 C.7.6.3) and the transform to real values. */
  void put(DatasetBuilder b, Image2 image) {
    pixels(b, List.of(image));
    if (slope != 1 || intercept != 0) {
      rescale(b);
    }
  }

  /**
   * The image pixel module of one or many frames of one size.
   *
   * @throws IllegalArgumentException where they are too many for one object
   */
  void pixels(DatasetBuilder b, List<Image2> frames) {
    Image2 image = frames.get(0);
    long size = 2L * image.values().length * frames.size();
    if (size > MOST) {
      throw new IllegalArgumentException("the frames are too many for one object");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    for (Image2 frame : frames) {
      for (float value : frame.values()) {
        bytes.putShort((short) stored(value));
      }
    }
    b.numbers(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .numbers(Tag.ROWS, image.height())
        .numbers(Tag.COLUMNS, image.width())
        .numbers(Tag.BITS_ALLOCATED, 16)
        .numbers(Tag.BITS_STORED, 16)
        .numbers(Tag.HIGH_BIT, 15)
        .numbers(Tag.PIXEL_REPRESENTATION, signed ? 1 : 0)
        .bytes(Tag.PIXEL_DATA, Vr.OW, bytes.array());
  }

  /** The transform from stored to real values. */
  void rescale(DatasetBuilder b) {
    b.numbers(Tag.RESCALE_INTERCEPT, intercept)
        .numbers(Tag.RESCALE_SLOPE, slope)
        .text(Tag.RESCALE_TYPE, "US");
  }
}
