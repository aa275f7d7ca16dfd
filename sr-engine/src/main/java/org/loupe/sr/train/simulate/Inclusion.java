package org.loupe.sr.train.simulate;

/** A small shape that replaces white matter. RAS mm. */
sealed interface Inclusion permits Lesion, PerivascularSpace {

  double x();

  double y();

  double z();

  /** No point farther than this from (x, y, z) belongs to the shape, mm. */
  double reach();

  /** Fraction of the white matter at a point that the shape replaces, 0 to 1. */
  double at(double px, double py, double pz);
}
