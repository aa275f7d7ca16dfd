package org.loupe.viewer.measure;

import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Vec3;

/** Lengths, angles and areas of measurements, in the patient: mm, degrees, mm². */
public final class Measures {

  /** Corners of the polygon that stands for an ellipse where a polygon is asked for. */
  private static final int ELLIPSE_CORNERS = 72;

  private Measures() {}

  /** Distance between the two points, mm. */
  public static double length(Measurement m) {
    return m.points().get(1).minus(m.points().get(0)).length();
  }

  /** Angle at the middle point, degrees, 0 to 180. */
  public static double angle(Measurement m) {
    List<Vec3> p = m.points();
    return between(p.get(0).minus(p.get(1)), p.get(2).minus(p.get(1)));
  }

  /** Angle between the two lines, degrees, 0 to 90. */
  public static double cobb(Measurement m) {
    List<Vec3> p = m.points();
    double angle = between(p.get(1).minus(p.get(0)), p.get(3).minus(p.get(2)));
    return Math.min(angle, 180 - angle);
  }

  private static double between(Vec3 a, Vec3 b) {
    // The arc tangent is exact near 0 and 180 degrees, where the arc cosine is not.
    return Math.toDegrees(Math.atan2(a.cross(b).length(), a.dot(b)));
  }

  /** Area of a region, mm². */
  public static double area(Measurement m) {
    List<Vec3> p = m.points();
    double rectangle = p.get(1).minus(p.get(0)).cross(p.get(p.size() - 1).minus(p.get(0))).length();
    return switch (m.kind()) {
      case RECTANGLE -> rectangle;
      case ELLIPSE -> rectangle * Math.PI / 4;
      default -> polygon(p);
    };
  }

  /** Area of a plane polygon: half the length of the sum of its corners' cross products. */
  private static double polygon(List<Vec3> p) {
    Vec3 sum = Vec3.ZERO;
    for (int i = 0; i < p.size(); i++) {
      sum = sum.plus(p.get(i).minus(p.get(0)).cross(p.get((i + 1) % p.size()).minus(p.get(0))));
    }
    return sum.length() / 2;
  }

  /** The border of a region as a polygon. */
  public static List<Vec3> outline(Measurement m) {
    if (m.kind() != MeasurementKind.ELLIPSE) {
      return m.points();
    }
    List<Vec3> p = m.points();
    Vec3 a = p.get(1).minus(p.get(0)).times(0.5);
    Vec3 b = p.get(3).minus(p.get(0)).times(0.5);
    List<Vec3> out = new ArrayList<>();
    for (int i = 0; i < ELLIPSE_CORNERS; i++) {
      double t = 2 * Math.PI * i / ELLIPSE_CORNERS;
      out.add(m.centre().plus(a.times(Math.cos(t))).plus(b.times(Math.sin(t))));
    }
    return out;
  }
}
