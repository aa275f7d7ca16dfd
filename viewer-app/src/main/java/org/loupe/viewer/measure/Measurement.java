package org.loupe.viewer.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.loupe.image.Vec3;

/**
 * A measurement, tied to the patient and not to pixels: it stays where it is whatever the zoom, and
 * is the same place in every series of its frame of reference.
 *
 * @param id identity
 * @param seriesId series that it was drawn in; its statistics are of that series' pixels
 * @param frameOfReference of that series; empty where unknown: then no other series shows it
 * @param points positions, LPS mm, as the kind says; all in one plane
 */
public record Measurement(
    String id, MeasurementKind kind, String seriesId, String frameOfReference, List<Vec3> points) {

  public Measurement {
    points = List.copyOf(points);
    boolean enough =
        kind == MeasurementKind.FREEHAND
            ? points.size() >= kind.points()
            : points.size() == kind.points();
    if (!enough) {
      throw new IllegalArgumentException(kind + " of " + points.size() + " points");
    }
  }

  /** A new one. */
  public static Measurement of(
      MeasurementKind kind, String seriesId, String frameOfReference, List<Vec3> points) {
    return new Measurement(UUID.randomUUID().toString(), kind, seriesId, frameOfReference, points);
  }

  /** The same one elsewhere. */
  public Measurement with(List<Vec3> moved) {
    return new Measurement(id, kind, seriesId, frameOfReference, moved);
  }

  /** The same one with every point changed alike. */
  public Measurement moved(UnaryOperator<Vec3> change) {
    return with(points.stream().map(change).toList());
  }

  /** Another one of the same shape and place. */
  public Measurement copy() {
    return of(kind, seriesId, frameOfReference, points);
  }

  /**
   * One point moved. The corner of a rectangle or ellipse drags its neighbours along, so that the
   * sides keep their directions; the opposite corner stays.
   */
  public Measurement withPoint(int index, Vec3 to) {
    List<Vec3> next = new ArrayList<>(points);
    next.set(index, to);
    if (kind == MeasurementKind.RECTANGLE || kind == MeasurementKind.ELLIPSE) {
      Vec3 fixed = points.get((index + 2) % 4);
      Vec3 a = side(points.get((index + 1) % 4), fixed, index + 1, fixed);
      Vec3 b = side(points.get((index + 3) % 4), fixed, index + 3, fixed);
      Vec3 d = to.minus(fixed);
      next.set((index + 1) % 4, fixed.plus(a.times(d.dot(a))));
      next.set((index + 3) % 4, fixed.plus(b.times(d.dot(b))));
      // In the plane of the sides, whatever the pointer's place.
      next.set(index, fixed.plus(a.times(d.dot(a))).plus(b.times(d.dot(b))));
    }
    return with(next);
  }

  /**
   * Unit vector from the fixed corner to a neighbour; of a side without length, across the other.
   */
  private Vec3 side(Vec3 corner, Vec3 from, int index, Vec3 fixed) {
    Vec3 v = corner.minus(from);
    if (v.length() > 1e-6) {
      return v.unit();
    }
    Vec3 other = points.get((index + 2) % 4).minus(fixed);
    Vec3 any = Math.abs(other.x()) > Math.abs(other.y()) ? new Vec3(0, 1, 0) : new Vec3(1, 0, 0);
    return other.length() > 1e-6
        ? any.minus(other.unit().times(any.dot(other.unit()))).unit()
        : any;
  }

  /** Mean of the points. */
  public Vec3 centre() {
    Vec3 sum = Vec3.ZERO;
    for (Vec3 p : points) {
      sum = sum.plus(p);
    }
    return sum.times(1.0 / points.size());
  }
}
