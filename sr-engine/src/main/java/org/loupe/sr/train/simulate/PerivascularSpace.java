package org.loupe.sr.train.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A fluid-filled sheath of a medullary vessel: a straight tube in RAS mm with a soft border, as
 * fine as the finest acquisition resolves.
 *
 * @param x middle
 * @param y middle
 * @param z middle
 * @param dx direction of the axis, a unit vector
 * @param dy direction
 * @param dz direction
 * @param half half its length, mm
 * @param radius mm
 */
record PerivascularSpace(
    double x, double y, double z, double dx, double dy, double dz, double half, double radius)
    implements Inclusion {

  private static final double SOFT = 0.2;

  /** Tubes that run towards the ventricles, where the white matter is. */
  static List<PerivascularSpace> scattered(int count, Random random) {
    List<PerivascularSpace> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double distance = 24 + 24 * random.nextDouble();
      // An ellipse about the lateral ventricles of the Colin 27 head.
      double u = 0.8 * Math.cos(angle);
      double v = 1.25 * Math.sin(angle);
      double w = random.nextGaussian();
      double length = Math.sqrt(u * u + v * v + w * w);
      out.add(
          new PerivascularSpace(
              distance * u,
              distance * v - 18,
              4 + 54 * random.nextDouble(),
              u / length,
              v / length,
              w / length,
              1.2 + 2.8 * random.nextDouble(),
              0.25 + 0.35 * random.nextDouble()));
    }
    return out;
  }

  @Override
  public double reach() {
    return half + radius + SOFT;
  }

  @Override
  public double at(double px, double py, double pz) {
    double ax = px - x;
    double ay = py - y;
    double az = pz - z;
    double along = Math.clamp(ax * dx + ay * dy + az * dz, -half, half);
    double distance = Math.hypot(Math.hypot(ax - along * dx, ay - along * dy), az - along * dz);
    return Math.clamp((radius + SOFT - distance) / (2 * SOFT), 0, 1);
  }
}
