package org.loupe.viewer.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

class MeasuresTest {

  private static Measurement of(MeasurementKind kind, Vec3... points) {
    return Measurement.of(kind, "s", "f", List.of(points));
  }

  @Test
  void lengthsAndAnglesAreInThePatient() {
    assertEquals(
        13, Measures.length(of(MeasurementKind.LENGTH, new Vec3(1, 1, 1), new Vec3(4, 5, 13))));
    Vec3 corner = new Vec3(0, 0, 5);
    Measurement angle = of(MeasurementKind.ANGLE, new Vec3(10, 0, 5), corner, new Vec3(0, 0, 15));
    assertEquals(90, Measures.angle(angle), 1e-9);
    Measurement cobb =
        of(
            MeasurementKind.COBB,
            new Vec3(0, 0, 0),
            new Vec3(10, 0, 0),
            new Vec3(5, 20, 0),
            new Vec3(5 - Math.cos(Math.toRadians(25)), 20 + Math.sin(Math.toRadians(25)), 0));
    assertEquals(25, Measures.cobb(cobb), 1e-9);
  }

  @Test
  void areasOfRegions() {
    Vec3[] corners = {new Vec3(1, 2, 3), new Vec3(7, 2, 3), new Vec3(7, 6, 3), new Vec3(1, 6, 3)};
    assertEquals(24, Measures.area(of(MeasurementKind.RECTANGLE, corners)), 1e-9);
    assertEquals(6 * Math.PI, Measures.area(of(MeasurementKind.ELLIPSE, corners)), 1e-9);
    assertEquals(24, Measures.area(of(MeasurementKind.FREEHAND, corners)), 1e-9);
    // A polygon with a bay, its corners on an oblique plane.
    Vec3 u = new Vec3(0.6, 0.8, 0);
    Vec3 v = new Vec3(0, 0, 1);
    double[][] l = {{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}};
    Vec3[] bay = new Vec3[l.length];
    for (int i = 0; i < l.length; i++) {
      bay[i] = new Vec3(9, 9, 9).plus(u.times(l[i][0])).plus(v.times(l[i][1]));
    }
    assertEquals(10, Measures.area(of(MeasurementKind.FREEHAND, bay)), 1e-9);
  }

  @Test
  void aCornerKeepsTheRectanglesDirections() {
    Measurement r =
        of(
            MeasurementKind.RECTANGLE,
            new Vec3(0, 0, 0),
            new Vec3(3, 4, 0),
            new Vec3(-1, 7, 0),
            new Vec3(-4, 3, 0));
    Measurement m = r.withPoint(2, new Vec3(-2, 14, 0));
    assertEquals(new Vec3(0, 0, 0), m.points().get(0));
    Vec3 a = m.points().get(1).minus(m.points().get(0));
    Vec3 b = m.points().get(3).minus(m.points().get(0));
    assertEquals(0, a.dot(b), 1e-9);
    assertEquals(0, a.cross(new Vec3(3, 4, 0)).length(), 1e-9);
    assertEquals(0, m.points().get(2).minus(new Vec3(-2, 14, 0)).length(), 1e-9);
    assertThrows(
        IllegalArgumentException.class, () -> of(MeasurementKind.LENGTH, new Vec3(0, 0, 0)));
  }

  /** A slice of 0.5 x 2 mm pixels whose values are 10 * row + column. */
  private static final SlicePlane PLANE =
      new SlicePlane(new Vec3(-10, 5, 3), new Vec3(0.5, 0, 0), new Vec3(0, 2, 0), 8, 6);

  private static Image2 slice() {
    Image2 image = new Image2(8, 6);
    for (int r = 0; r < 6; r++) {
      for (int c = 0; c < 8; c++) {
        image.values()[r * 8 + c] = 10 * r + c;
      }
    }
    return image;
  }

  private static Vec3 at(double column, double row) {
    return PLANE.toPatient(column, row);
  }

  @Test
  void statisticsAreOfThePixelsWhoseCentresLieInside() {
    Measurement box =
        of(MeasurementKind.RECTANGLE, at(0.6, 0.6), at(3.4, 0.6), at(3.4, 2.4), at(0.6, 2.4));
    RegionStatistics s = RegionStatistics.of(box, PLANE, slice());
    // Columns 1 to 3 of rows 1 and 2.
    assertEquals(6, s.count());
    assertEquals(2.8 * 0.5 * 1.8 * 2, s.area(), 1e-9);
    assertEquals(17, s.mean(), 1e-9);
    assertEquals(11, s.min());
    assertEquals(23, s.max());
    double squares = 36 + 25 + 16 + 16 + 25 + 36;
    assertEquals(Math.sqrt(squares / 5), s.sd(), 1e-9);
    int sum = 0;
    for (int n : s.histogram()) {
      sum += n;
    }
    assertEquals(6, sum);
    assertEquals(1, s.histogram()[0]);
    assertEquals(1, s.histogram()[RegionStatistics.BINS - 1]);
  }

  @Test
  void anEllipseLeavesItsCornersOut() {
    Measurement e = of(MeasurementKind.ELLIPSE, at(0, 0), at(4, 0), at(4, 4), at(0, 4));
    RegionStatistics s = RegionStatistics.of(e, PLANE, slice());
    // Within two pixels of (2, 2), by the pixel: 13 of them.
    assertEquals(13, s.count());
    assertEquals(22, s.mean(), 1e-9);
  }

  @Test
  void outsideTheSliceThereIsNothingToMeasure() {
    Measurement box = of(MeasurementKind.RECTANGLE, at(20, 20), at(22, 20), at(22, 22), at(20, 22));
    RegionStatistics s = RegionStatistics.of(box, PLANE, slice());
    assertEquals(0, s.count());
    assertEquals(true, Double.isNaN(s.mean()));
  }
}
