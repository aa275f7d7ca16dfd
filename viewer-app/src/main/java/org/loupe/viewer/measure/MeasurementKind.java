package org.loupe.viewer.measure;

/** Kinds of measurements. */
public enum MeasurementKind {
  /** Distance between two points. */
  LENGTH(2),
  /** Angle at the second of three points. */
  ANGLE(3),
  /** Angle between two lines, two points each (Cobb 1948). */
  COBB(4),
  /** Region: four corners. */
  RECTANGLE(4),
  /** Region: the four corners of the rectangle that it fills. */
  ELLIPSE(4),
  /** Region: any polygon. */
  FREEHAND(3),
  /** The pixel at one point. */
  PROBE(1);

  private final int points;

  MeasurementKind(int points) {
    this.points = points;
  }

  /** Number of points; of a freehand region the smallest. */
  public int points() {
    return points;
  }

  /** Whether it encloses an area. */
  public boolean isRegion() {
    return this == RECTANGLE || this == ELLIPSE || this == FREEHAND;
  }
}
