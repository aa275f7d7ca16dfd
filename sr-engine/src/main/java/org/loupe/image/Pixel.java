package org.loupe.image;

/**
 * A position on a slice's pixel lattice, in pixels: {@code column} grows along a row, {@code row}
 * down the columns; whole numbers are pixel centres, so the first pixel's area is [-0.5, 0.5].
 */
public record Pixel(double column, double row) {}
