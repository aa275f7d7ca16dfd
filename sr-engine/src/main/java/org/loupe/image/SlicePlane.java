package org.loupe.image;

/**
 * Where one slice's pixel lattice lies in the patient. Pixel (column c, row r) has its centre at
 * {@code origin + c * columnStep + r * rowStep} (PS3.3 equation C.7.6.2.1-1).
 *
 * @param origin centre of pixel (0, 0), LPS mm
 * @param columnStep displacement from one column to the next (along a row), LPS mm
 * @param rowStep displacement from one row to the next, LPS mm
 * @param columns number of columns (width)
 * @param rows number of rows (height)
 */
public record SlicePlane(Vec3 origin, Vec3 columnStep, Vec3 rowStep, int columns, int rows) {

  public SlicePlane {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("a plane of " + columns + " x " + rows + " pixels");
    }
    double area = columnStep.cross(rowStep).length();
    if (!(area > 1e-9 * columnStep.length() * rowStep.length()) || !Double.isFinite(area)) {
      throw new IllegalArgumentException("the plane's axes " + columnStep + ", " + rowStep);
    }
  }

  /** Patient position of a lattice position. */
  public Vec3 toPatient(double column, double row) {
    return origin.plus(columnStep.times(column)).plus(rowStep.times(row));
  }

  /** Lattice position of the patient point's orthogonal projection onto the plane. */
  public Pixel toPixel(Vec3 point) {
    // Solved as least squares over the two axes, so that sheared NIfTI lattices are right too.
    Vec3 d = point.minus(origin);
    double cc = columnStep.dot(columnStep);
    double rr = rowStep.dot(rowStep);
    double cr = columnStep.dot(rowStep);
    double dc = d.dot(columnStep);
    double dr = d.dot(rowStep);
    double det = cc * rr - cr * cr;
    return new Pixel((dc * rr - dr * cr) / det, (dr * cc - dc * cr) / det);
  }

  /** Unit normal: column direction x row direction. */
  public Vec3 normal() {
    return columnStep.cross(rowStep).unit();
  }

  /** Signed distance of a patient point from the plane along {@link #normal()}, mm. */
  public double distance(Vec3 point) {
    return point.minus(origin).dot(normal());
  }

  /** Distance between neighbouring columns, mm (DICOM Pixel Spacing value 2). */
  public double columnSpacing() {
    return columnStep.length();
  }

  /** Distance between neighbouring rows, mm (DICOM Pixel Spacing value 1). */
  public double rowSpacing() {
    return rowStep.length();
  }

  /** Patient position of the middle of the plane's pixel area. */
  public Vec3 centre() {
    return toPatient((columns - 1) / 2.0, (rows - 1) / 2.0);
  }

  /**
   * The same area sampled with other steps: the first sample's centre stays at {@link #origin}.
   *
   * @param columnRatio new column step in old columns
   * @param rowRatio new row step in old rows
   */
  public SlicePlane resampled(double columnRatio, double rowRatio, int newColumns, int newRows) {
    return new SlicePlane(
        origin, columnStep.times(columnRatio), rowStep.times(rowRatio), newColumns, newRows);
  }

  /** A rectangle of this plane's pixels. */
  public SlicePlane region(Region region) {
    return new SlicePlane(
        toPatient(region.column(), region.row()),
        columnStep,
        rowStep,
        region.columns(),
        region.rows());
  }
}
