package org.loupe.dicom.derived;

import org.loupe.dicom.PixelCompression;

/**
 * How a derived series is written.
 *
 * @param enhanced one multi-frame Enhanced MR Image in place of an MR Image for each slice
 * @param compression how pixels are encoded
 */
public record DerivedFormat(boolean enhanced, PixelCompression compression) {

  /** MR Images, uncompressed. */
  public static final DerivedFormat PLAIN = new DerivedFormat(false, PixelCompression.NONE);
}
