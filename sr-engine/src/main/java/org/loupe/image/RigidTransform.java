package org.loupe.image;

/**
 * A rotation and a shift of patient coordinates: p goes to R p + t, LPS mm.
 *
 * @param x first row of R
 * @param y second row of R
 * @param z third row of R
 * @param shift t, mm
 */
public record RigidTransform(Vec3 x, Vec3 y, Vec3 z, Vec3 shift) {

  /** Leaves everything where it is. */
  public static final RigidTransform IDENTITY =
      new RigidTransform(new Vec3(1, 0, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1), Vec3.ZERO);

  /**
   * Turns about a point, first about the z axis, then y, then x, and shifts what comes.
   *
   * @param angles about the three axes, radians
   * @param shift mm
   */
  public static RigidTransform about(Vec3 centre, Vec3 angles, Vec3 shift) {
    double cx = Math.cos(angles.x());
    double sx = Math.sin(angles.x());
    double cy = Math.cos(angles.y());
    double sy = Math.sin(angles.y());
    double cz = Math.cos(angles.z());
    double sz = Math.sin(angles.z());
    RigidTransform turn =
        new RigidTransform(
            new Vec3(cy * cz, -cy * sz, sy),
            new Vec3(cx * sz + sx * sy * cz, cx * cz - sx * sy * sz, -sx * cy),
            new Vec3(sx * sz - cx * sy * cz, sx * cz + cx * sy * sz, cx * cy),
            Vec3.ZERO);
    return new RigidTransform(
        turn.x, turn.y, turn.z, centre.plus(shift).minus(turn.turned(centre)));
  }

  /** Where a point goes. */
  public Vec3 apply(Vec3 p) {
    return turned(p).plus(shift);
  }

  /** A displacement or direction turned. */
  public Vec3 turned(Vec3 d) {
    return new Vec3(x.dot(d), y.dot(d), z.dot(d));
  }

  /** The same lattice at the place where it goes. */
  public SlicePlane apply(SlicePlane p) {
    return new SlicePlane(
        apply(p.origin()), turned(p.columnStep()), turned(p.rowStep()), p.columns(), p.rows());
  }

  /** The way back. */
  public RigidTransform inverse() {
    RigidTransform back =
        new RigidTransform(
            new Vec3(x.x(), y.x(), z.x()),
            new Vec3(x.y(), y.y(), z.y()),
            new Vec3(x.z(), y.z(), z.z()),
            Vec3.ZERO);
    return new RigidTransform(back.x, back.y, back.z, back.turned(shift).times(-1));
  }
}
