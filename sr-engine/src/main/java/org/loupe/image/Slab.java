package org.loupe.image;

/**
 * A plane of voxels.
 *
 * @param plane through their middles, LPS mm
 * @param thickness how thick they are, mm
 * @param normal of the plane
 */
public record Slab(SlicePlane plane, double thickness, Vec3 normal) {

  /** What a border may be off by rounding, mm. */
  private static final double ROUNDING = 1e-4;

  public Slab(SlicePlane plane, double thickness) {
    this(plane, thickness, plane.normal());
  }

  /** Signed distance of a point from the plane along the normal, mm. */
  double distance(Vec3 point) {
    return point.minus(plane.origin()).dot(normal);
  }

  /** Whether a point lies between its faces; slabs that touch share no point. */
  public boolean holds(Vec3 point) {
    return holds(distance(point));
  }

  boolean holds(double distance) {
    return distance >= -thickness / 2 - ROUNDING && distance < thickness / 2 - ROUNDING;
  }

  /** Whether a cutting plane meets it within the plane's own area. */
  public boolean meets(SlicePlane lattice) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 4; corner++) {
      double distance =
          distance(
              lattice.toPatient(
                  (corner & 1) == 0 ? -0.5 : lattice.columns() - 0.5,
                  corner < 2 ? -0.5 : lattice.rows() - 0.5));
      low = Math.min(low, distance);
      high = Math.max(high, distance);
    }
    return low < thickness / 2 - ROUNDING && high >= -thickness / 2 - ROUNDING;
  }
}
