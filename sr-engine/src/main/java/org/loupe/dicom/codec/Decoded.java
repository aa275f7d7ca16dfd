package org.loupe.dicom.codec;

/**
 * A decoded frame.
 *
 * @param values the samples, pixel by pixel, row by row; the samples of a pixel together
 * @param precision significant bits of a value
 */
public record Decoded(int[] values, int precision) {}
