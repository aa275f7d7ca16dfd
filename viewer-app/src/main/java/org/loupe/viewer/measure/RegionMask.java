package org.loupe.viewer.measure;

import java.util.List;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;

/**
 * Which pixels of a lattice have their centres in a region.
 *
 * @param column first column of the mask
 * @param row first row of the mask
 * @param width columns of the mask
 * @param height rows of the mask
 * @param inside row by row
 */
record RegionMask(int column, int row, int width, int height, boolean[] inside) {

  /** The mask of a region on a slice, clipped to the slice. */
  static RegionMask of(Measurement region, SlicePlane plane) {
    List<Pixel> corners = Measures.outline(region).stream().map(plane::toPixel).toList();
    return of(corners, ellipse(region, plane), 0, 0, plane.columns(), plane.rows());
  }

  /**
   * The mask of a region on a finer lattice over a slice.
   *
   * @param columnStep slice columns per mask column
   * @param rowStep slice rows per mask row
   */
  static RegionMask of(
      Measurement region,
      SlicePlane plane,
      double columnStep,
      double rowStep,
      int x,
      int y,
      int width,
      int height) {
    List<Pixel> corners =
        Measures.outline(region).stream()
            .map(plane::toPixel)
            .map(p -> new Pixel(p.column() / columnStep, p.row() / rowStep))
            .toList();
    double[] e = ellipse(region, plane);
    if (e != null) {
      e =
          new double[] {
            e[0] / columnStep,
            e[1] / rowStep,
            e[2] / columnStep,
            e[3] / rowStep,
            e[4] / columnStep,
            e[5] / rowStep
          };
    }
    return of(corners, e, x, y, x + width, y + height);
  }

  /** Centre and two half axes of an ellipse on the lattice; null of other regions. */
  private static double[] ellipse(Measurement region, SlicePlane plane) {
    if (region.kind() != MeasurementKind.ELLIPSE) {
      return null;
    }
    Pixel c = plane.toPixel(region.centre());
    Pixel p0 = plane.toPixel(region.points().get(0));
    Pixel p1 = plane.toPixel(region.points().get(1));
    Pixel p3 = plane.toPixel(region.points().get(3));
    return new double[] {
      c.column(),
      c.row(),
      (p1.column() - p0.column()) / 2,
      (p1.row() - p0.row()) / 2,
      (p3.column() - p0.column()) / 2,
      (p3.row() - p0.row()) / 2
    };
  }

  private static RegionMask of(
      List<Pixel> corners, double[] ellipse, int left, int top, int right, int bottom) {
    double minX = corners.stream().mapToDouble(Pixel::column).min().orElseThrow();
    double maxX = corners.stream().mapToDouble(Pixel::column).max().orElseThrow();
    double minY = corners.stream().mapToDouble(Pixel::row).min().orElseThrow();
    double maxY = corners.stream().mapToDouble(Pixel::row).max().orElseThrow();
    int x0 = (int) Math.max(left, Math.floor(minX));
    int y0 = (int) Math.max(top, Math.floor(minY));
    int w = (int) Math.max(0, Math.min(right - 1, Math.ceil(maxX)) - x0 + 1);
    int h = (int) Math.max(0, Math.min(bottom - 1, Math.ceil(maxY)) - y0 + 1);
    boolean[] inside = new boolean[w * h];
    for (int r = 0; r < h; r++) {
      for (int c = 0; c < w; c++) {
        inside[r * w + c] =
            ellipse == null
                ? inPolygon(corners, x0 + c, y0 + r)
                : inEllipse(ellipse, x0 + c, y0 + r);
      }
    }
    return new RegionMask(x0, y0, w, h, inside);
  }

  /** In the basis of the half axes the ellipse is the unit circle. */
  private static boolean inEllipse(double[] e, double x, double y) {
    double det = e[2] * e[5] - e[4] * e[3];
    double dx = x - e[0];
    double dy = y - e[1];
    double u = (dx * e[5] - dy * e[4]) / det;
    double v = (dy * e[2] - dx * e[3]) / det;
    return u * u + v * v <= 1;
  }

  /**
   * By the number of edges to the right of the point; a point on a left or upper edge is inside.
   */
  private static boolean inPolygon(List<Pixel> p, double x, double y) {
    boolean in = false;
    for (int i = 0, j = p.size() - 1; i < p.size(); j = i++) {
      double yi = p.get(i).row();
      double yj = p.get(j).row();
      if (yi > y != yj > y) {
        double at =
            p.get(i).column() + (y - yi) / (yj - yi) * (p.get(j).column() - p.get(i).column());
        in ^= x < at;
      }
    }
    return in;
  }
}
