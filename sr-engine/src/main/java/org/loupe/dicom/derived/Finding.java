package org.loupe.dicom.derived;

import java.util.ArrayList;
import java.util.List;
import org.loupe.dicom.Code;
import org.loupe.image.Pixel;
import org.loupe.image.Vec3;

/**
 * Something measured on an image.
 *
 * @param uid identity, a UID
 * @param name what the user calls it
 * @param shape what the points mean
 * @param points positions, LPS mm, in the image's plane
 * @param image the image that it was drawn on
 * @param values what was measured
 */
public record Finding(
    String uid,
    String name,
    Shape shape,
    List<Vec3> points,
    SourceImage image,
    List<Value> values) {

  /** What the points of a finding mean. */
  public enum Shape {
    /** One point. */
    POINT,
    /** A line of any number of points. */
    LINE,
    /** Two lines of two points each. */
    TWO_LINES,
    /** A polygon, its last point joined to the first. */
    POLYGON,
    /** The ellipse within a rectangle of four corners. */
    ELLIPSE;

    boolean isRegion() {
      return this == POLYGON || this == ELLIPSE;
    }
  }

  /**
   * A number.
   *
   * @param concept what was measured
   * @param derivation mean, minimum and the like; null for the thing itself
   */
  public record Value(Code concept, Code derivation, double value, Code unit) {

    private static final Code NONE = new Code("1", "UCUM", "no units");
    private static final Code SIGNAL = Code.dcm("110852", "MR signal intensity");

    public static Value length(double mm) {
      return new Value(
          Code.sct("410668003", "Length"), null, mm, new Code("mm", "UCUM", "millimeter"));
    }

    public static Value angle(double degrees) {
      return new Value(
          Code.sct("1483009", "Angle"),
          null,
          degrees,
          new Code("deg", "UCUM", "Degrees of plane angle"));
    }

    public static Value area(double mm2) {
      return new Value(
          Code.sct("42798000", "Area"), null, mm2, new Code("mm2", "UCUM", "square millimeter"));
    }

    /** The signal of one pixel. */
    public static Value signal(double value) {
      return new Value(SIGNAL, null, value, NONE);
    }

    public static Value mean(double value) {
      return new Value(SIGNAL, Code.sct("373098007", "Mean"), value, NONE);
    }

    public static Value standardDeviation(double value) {
      return new Value(SIGNAL, Code.sct("386136009", "Standard Deviation"), value, NONE);
    }

    public static Value minimum(double value) {
      return new Value(SIGNAL, Code.sct("255605001", "Minimum"), value, NONE);
    }

    public static Value maximum(double value) {
      return new Value(SIGNAL, Code.sct("56851009", "Maximum"), value, NONE);
    }
  }

  public Finding {
    points = List.copyOf(points);
    values = List.copyOf(values);
  }

  /**
   * One drawing on the image.
   *
   * @param type POINT, POLYLINE or ELLIPSE as PS3.3 C.18.6.1.2 defines them
   * @param points positions on the image's lattice
   */
  record Graphic(String type, List<Pixel> points) {}

  /** The finding as drawings on its image. */
  List<Graphic> graphics() {
    List<Pixel> p = points.stream().map(image.plane()::toPixel).toList();
    return switch (shape) {
      case POINT -> List.of(new Graphic("POINT", p));
      case LINE -> List.of(new Graphic("POLYLINE", p));
      case TWO_LINES ->
          List.of(
              new Graphic("POLYLINE", p.subList(0, 2)), new Graphic("POLYLINE", p.subList(2, 4)));
      case POLYGON -> {
        List<Pixel> closed = new ArrayList<>(p);
        closed.add(p.get(0));
        yield List.of(new Graphic("POLYLINE", closed));
      }
      case ELLIPSE -> List.of(new Graphic("ELLIPSE", axes(p)));
    };
  }

  /** Ends of the longer axis, then of the shorter one. */
  private static List<Pixel> axes(List<Pixel> corners) {
    Pixel a = middle(corners.get(0), corners.get(3));
    Pixel b = middle(corners.get(1), corners.get(2));
    Pixel c = middle(corners.get(0), corners.get(1));
    Pixel d = middle(corners.get(3), corners.get(2));
    return length(a, b) >= length(c, d) ? List.of(a, b, c, d) : List.of(c, d, a, b);
  }

  private static Pixel middle(Pixel a, Pixel b) {
    return new Pixel((a.column() + b.column()) / 2, (a.row() + b.row()) / 2);
  }

  private static double length(Pixel a, Pixel b) {
    return Math.hypot(a.column() - b.column(), a.row() - b.row());
  }
}
