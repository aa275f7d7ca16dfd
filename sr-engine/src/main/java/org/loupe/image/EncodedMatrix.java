package org.loupe.image;

/**
 * What a series' tags say of the k-space lines that were measured along each axis of its images.
 *
 * @param columns samples along a row of pixels; 0 where the tags do not say
 * @param rows samples along a column of pixels; 0 where the tags do not say
 * @param sampling fraction of the phase-encoding lines that were measured (Percent Sampling), above
 *     0 and at most 1; some scanners count it in the matrix already, others do not
 * @param phase the axis of phase encoding, which {@code sampling} is about
 */
public record EncodedMatrix(int columns, int rows, double sampling, PhaseAxis phase) {

  /** Nothing is known. */
  public static final EncodedMatrix UNKNOWN = new EncodedMatrix(0, 0, 1, PhaseAxis.UNKNOWN);

  public EncodedMatrix {
    if (columns < 0 || rows < 0 || !(sampling > 0 && sampling <= 1)) {
      throw new IllegalArgumentException(
          "matrix %d x %d, sampling %s".formatted(columns, rows, sampling));
    }
  }

  /** The same with another axis of phase encoding. */
  public EncodedMatrix along(PhaseAxis axis) {
    return new EncodedMatrix(columns, rows, sampling, axis);
  }

  public boolean isKnown() {
    return columns > 0 || rows > 0;
  }

  /** The same for images whose rows and columns have changed places. */
  public EncodedMatrix transposed() {
    return new EncodedMatrix(rows, columns, sampling, phase.transposed());
  }

  /** "256 x 200", a question mark for what is not known. */
  @Override
  public String toString() {
    return (columns == 0 ? "?" : "" + columns) + " x " + (rows == 0 ? "?" : "" + rows);
  }
}
