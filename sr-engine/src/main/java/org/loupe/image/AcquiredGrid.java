package org.loupe.image;

/**
 * The lattice that was measured, where a scanner stored its images on a finer one (zero-filled
 * k-space). Both cover the same field of view and share the centre of their first sample, as under
 * {@link KSpace#degrade}: acquired sample i lies at stored position {@code i * stored / acquired}.
 *
 * @param columns columns that were measured, at most {@code storedColumns}
 * @param rows rows that were measured, at most {@code storedRows}
 * @param storedColumns columns of the images
 * @param storedRows rows of the images
 * @param reason how it was found, in words for the user
 */
public record AcquiredGrid(
    int columns, int rows, int storedColumns, int storedRows, String reason) {

  public AcquiredGrid {
    if (columns < 1 || rows < 1 || columns > storedColumns || rows > storedRows) {
      throw new IllegalArgumentException(
          "%d x %d of %d x %d".formatted(columns, rows, storedColumns, storedRows));
    }
  }

  /** The stored lattice taken for the measured one. */
  public static AcquiredGrid stored(Volume volume, String reason) {
    return new AcquiredGrid(
        volume.columns(), volume.rows(), volume.columns(), volume.rows(), reason);
  }

  /** Whether nothing was added to what was measured. */
  public boolean isStored() {
    return columns == storedColumns && rows == storedRows;
  }

  /** Acquired columns per stored column, at most 1. */
  public double columnShare() {
    return (double) columns / storedColumns;
  }

  /** Acquired rows per stored row, at most 1. */
  public double rowShare() {
    return (double) rows / storedRows;
  }

  /** The lattice of a transposed image. */
  public AcquiredGrid transposed() {
    return new AcquiredGrid(rows, columns, storedRows, storedColumns, reason);
  }

  /** The image on the acquired lattice: the central part of its k-space. */
  public Image2 crop(Image2 stored) {
    if (stored.width() != storedColumns || stored.height() != storedRows) {
      throw new IllegalArgumentException(
          "%d x %d pixels, not %d x %d"
              .formatted(stored.width(), stored.height(), storedColumns, storedRows));
    }
    return isStored() ? stored : KSpace.degrade(stored, columns, rows);
  }
}
