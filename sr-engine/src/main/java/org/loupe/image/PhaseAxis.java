package org.loupe.image;

/** Axis of an image along which phase was encoded: the one with fewer lines, measured coarser. */
public enum PhaseAxis {
  /** Along the rows of pixels: from column to column. */
  COLUMNS,
  /** Along the columns of pixels: from row to row. */
  ROWS,
  UNKNOWN;

  /** The same axis of images whose rows and columns have changed places. */
  public PhaseAxis transposed() {
    return switch (this) {
      case COLUMNS -> ROWS;
      case ROWS -> COLUMNS;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** This axis, or where it is unknown the usual one of images on a plane. */
  public PhaseAxis orUsual(SlicePlane plane) {
    return this == UNKNOWN ? usual(plane) : this;
  }

  /**
   * Where protocols put it in the head: right to left in axial and coronal slices, front to back in
   * sagittal ones, so that eyes and vessels ghost beside the brain.
   */
  public static PhaseAxis usual(SlicePlane plane) {
    Vec3 normal = plane.normal();
    double across = Math.abs(normal.x());
    boolean sagittal = across > Math.abs(normal.y()) && across > Math.abs(normal.z());
    Vec3 columns = plane.columnStep().unit();
    Vec3 rows = plane.rowStep().unit();
    boolean alongColumns =
        sagittal
            ? Math.abs(columns.y()) >= Math.abs(rows.y())
            : Math.abs(columns.x()) >= Math.abs(rows.x());
    return alongColumns ? COLUMNS : ROWS;
  }
}
