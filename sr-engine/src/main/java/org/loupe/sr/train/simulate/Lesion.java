package org.loupe.sr.train.simulate;

import java.util.List;

/**
 * A synthetic plaque: an ellipsoid in RAS mm with a soft, slightly lobed border. It replaces white
 * matter only.
 *
 * @param x centre
 * @param y centre
 * @param z centre
 * @param length radius along its long axis, mm
 * @param width radius across it, mm
 * @param angle of the long axis in the axial plane, radians from x towards y
 */
record Lesion(double x, double y, double z, double length, double width, double angle)
    implements Inclusion {

  /**
   * Where multiple sclerosis has them, in the Colin 27 head: about the lateral ventricles with the
   * long axis across the wall, in the centrum semiovale, below the cortex.
   */
  static final List<Lesion> PLAQUES =
      List.of(
          new Lesion(27, -22, 27, 6.5, 3.2, 0.15),
          new Lesion(-26, -26, 25, 5.0, 2.8, 2.9),
          new Lesion(-24, 20, 18, 4.5, 3.0, 2.3),
          new Lesion(23, 14, 27, 3.5, 2.2, 0.6),
          new Lesion(-29, -6, 34, 3.0, 2.6, 0.4),
          new Lesion(24, -34, 38, 2.6, 2.2, 1.9),
          new Lesion(-22, -38, 42, 4.2, 2.4, 1.2),
          new Lesion(34, 8, 38, 2.2, 1.8, 1.0),
          new Lesion(32, -58, 10, 4.0, 2.8, 2.0),
          new Lesion(-36, -46, 2, 2.4, 2.0, 0.5));

  @Override
  public double reach() {
    return 1.5 * length;
  }

  @Override
  public double at(double px, double py, double pz) {
    double dx = px - x;
    double dy = py - y;
    double dz = pz - z;
    double u = (dx * Math.cos(angle) + dy * Math.sin(angle)) / length;
    double v = (dy * Math.cos(angle) - dx * Math.sin(angle)) / width;
    double w = dz / width;
    double around = Math.atan2(v, u);
    double lobes = 1 + 0.06 * Math.sin(3 * around + x) + 0.03 * Math.sin(5 * around + y);
    double rho = Math.sqrt(u * u + v * v + w * w) / lobes;
    double t = Math.clamp((1.3 - rho) / 0.6, 0, 1);
    return t * t * (3 - 2 * t);
  }
}
