package org.loupe.viewer.layout;

import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/** The anatomical plane that a slice is nearest to. */
public enum Plane {
  AXIAL,
  CORONAL,
  SAGITTAL;

  /** The plane of a slice. */
  public static Plane of(SlicePlane slice) {
    Vec3 n = slice.normal();
    double x = Math.abs(n.x());
    double y = Math.abs(n.y());
    double z = Math.abs(n.z());
    if (z >= x && z >= y) {
      return AXIAL;
    }
    return y >= x ? CORONAL : SAGITTAL;
  }
}
