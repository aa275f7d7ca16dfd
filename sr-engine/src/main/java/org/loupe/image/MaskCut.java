package org.loupe.image;

/**
 * Masks as a plane cuts them. Every mask stands for a slab of pixels as thick as its planes are
 * apart; a sample of the cutting plane takes the value of the slab that it lies in: of the nearest
 * pixel, or smoothly between the pixels of the one plane.
 */
public final class MaskCut {

  /** What a slab's border may be off by rounding, mm. */
  private static final double ROUNDING = 1e-4;

  private final SlicePlane lattice;
  private final byte[] values;

  /**
   * @param lattice the samples of the cutting plane
   */
  public MaskCut(SlicePlane lattice) {
    this.lattice = lattice;
    values = new byte[lattice.columns() * lattice.rows()];
  }

  /** Unsigned bytes of the samples, row by row, as of {@link Mask}. Shared, not copied. */
  public byte[] values() {
    return values;
  }

  /**
   * The samples of a cutting plane that a mask's slab may reach: their projections lie among those
   * of its corners.
   *
   * @return null for none
   */
  public static Region reach(
      Mask mask, SlicePlane plane, double thickness, boolean smooth, SlicePlane lattice) {
    if (mask.area() == null) {
      return null;
    }
    Region area = mask.area();
    // How far beyond the centres of its pixels a mask reaches, pixels.
    double margin = smooth ? 1 : 0.5;
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int corner = 0; corner < 8; corner++) {
      double column =
          (corner & 1) == 0 ? area.column() - margin : area.column() + area.columns() - 1 + margin;
      double row = (corner & 2) == 0 ? area.row() - margin : area.row() + area.rows() - 1 + margin;
      double away = (corner & 4) == 0 ? -thickness / 2 : thickness / 2;
      Pixel p = lattice.toPixel(plane.toPatient(column, row).plus(plane.normal().times(away)));
      low[0] = Math.min(low[0], p.column());
      low[1] = Math.min(low[1], p.row());
      high[0] = Math.max(high[0], p.column());
      high[1] = Math.max(high[1], p.row());
    }
    int left = (int) Math.max(0, Math.floor(low[0]));
    int top = (int) Math.max(0, Math.floor(low[1]));
    int right = (int) Math.min(lattice.columns() - 1.0, Math.ceil(high[0]));
    int bottom = (int) Math.min(lattice.rows() - 1.0, Math.ceil(high[1]));
    return right < left || bottom < top
        ? null
        : new Region(left, top, right - left + 1, bottom - top + 1);
  }

  /** Whether a plane meets a slab within the lattice's own area. */
  public static boolean meets(SlicePlane plane, double thickness, SlicePlane lattice) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 4; corner++) {
      double distance =
          plane.distance(
              lattice.toPatient(
                  (corner & 1) == 0 ? -0.5 : lattice.columns() - 0.5,
                  corner < 2 ? -0.5 : lattice.rows() - 0.5));
      low = Math.min(low, distance);
      high = Math.max(high, distance);
    }
    return low < thickness / 2 - ROUNDING && high >= -thickness / 2 - ROUNDING;
  }

  /** Whether a point lies in the slab about a plane; slabs that touch share no point. */
  public static boolean holds(SlicePlane plane, double thickness, Vec3 point) {
    return within(plane.distance(point), thickness / 2);
  }

  private static boolean within(double distance, double half) {
    return distance >= -half - ROUNDING && distance < half - ROUNDING;
  }

  /**
   * Lays a mask over the samples; where there is more of the segment already, that stays.
   *
   * @param plane where the mask's pixels lie
   * @param thickness of its slab, mm
   * @param smooth whether values are interpolated between the pixels of the plane
   */
  public void add(Mask mask, SlicePlane plane, double thickness, boolean smooth) {
    Region reach = reach(mask, plane, thickness, smooth, lattice);
    if (reach == null) {
      return;
    }
    double half = thickness / 2;
    Vec3 o = lattice.origin();
    Vec3 right = o.plus(lattice.columnStep());
    Vec3 down = o.plus(lattice.rowStep());
    Pixel p = plane.toPixel(o);
    Pixel px = plane.toPixel(right);
    Pixel py = plane.toPixel(down);
    double d = plane.distance(o);
    double dx = plane.distance(right) - d;
    double dy = plane.distance(down) - d;
    double cx = px.column() - p.column();
    double cy = py.column() - p.column();
    double rx = px.row() - p.row();
    double ry = py.row() - p.row();
    for (int y = reach.row(); y < reach.row() + reach.rows(); y++) {
      for (int x = reach.column(); x < reach.column() + reach.columns(); x++) {
        if (!within(d + x * dx + y * dy, half)) {
          continue;
        }
        double column = p.column() + x * cx + y * cy;
        double row = p.row() + x * rx + y * ry;
        int value =
            smooth
                ? between(mask, column, row)
                : mask.at((int) Math.floor(column + 0.5), (int) Math.floor(row + 0.5));
        int at = y * lattice.columns() + x;
        if (value > (values[at] & 0xff)) {
          values[at] = (byte) value;
        }
      }
    }
  }

  private static int between(Mask mask, double column, double row) {
    int c = (int) Math.floor(column);
    int r = (int) Math.floor(row);
    double a = column - c;
    double b = row - r;
    double above = (1 - a) * mask.at(c, r) + a * mask.at(c + 1, r);
    double below = (1 - a) * mask.at(c, r + 1) + a * mask.at(c + 1, r + 1);
    return (int) Math.rint((1 - b) * above + b * below);
  }
}
