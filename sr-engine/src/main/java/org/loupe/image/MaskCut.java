package org.loupe.image;

/**
 * Masks as a plane cuts them. A sample of the cutting plane takes the value of the {@link Slab}
 * that it lies in: of the nearest voxel, or smoothly between the voxels of the one slab. Where
 * samples are further apart than voxels, each takes the most of the voxels that it stands for, so
 * that what is smaller than a sample stays in sight.
 */
public final class MaskCut {

  /** What counts as none but for rounding, pixels: of a drift along a whole cut, or of a step. */
  private static final double STRAIGHT = 1e-6;

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
  public static Region reach(Mask mask, Slab slab, boolean smooth, SlicePlane lattice) {
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
      double away = (corner & 4) == 0 ? -slab.thickness() / 2 : slab.thickness() / 2;
      Vec3 at = slab.plane().toPatient(column, row).plus(slab.normal().times(away));
      Pixel p = lattice.toPixel(at);
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

  /**
   * Lays a mask over the samples; where there is more of the segment already, that stays.
   *
   * @param slab where the mask's pixels lie
   * @param smooth whether values are interpolated between the pixels of the plane
   */
  public void add(Mask mask, Slab slab, boolean smooth) {
    Region reach = reach(mask, slab, smooth, lattice);
    if (reach == null) {
      return;
    }
    Steps s = new Steps(slab, lattice);
    boolean between = smooth && !s.coarse();
    if (!between && s.straight(lattice)) {
      if (slab.holds(s.distance(0, 0))) {
        straight(mask, s, reach);
      }
      return;
    }
    double[] along = parts(s.voxelsRight());
    double[] down = parts(s.voxelsDown());
    for (int y = reach.row(); y < reach.row() + reach.rows(); y++) {
      for (int x = reach.column(); x < reach.column() + reach.columns(); x++) {
        for (double v : down) {
          for (double u : along) {
            if (slab.holds(s.distance(x + u, y + v))) {
              raise(x, y, value(mask, s.column(x + u, y + v), s.row(x + u, y + v), between));
            }
          }
        }
      }
    }
  }

  private static int value(Mask mask, double column, double row, boolean between) {
    return between ? between(mask, column, row) : mask.at(nearest(column), nearest(row));
  }

  /**
   * Places within a sample that miss none of its voxels, in samples from its middle.
   *
   * @param voxels that a step from sample to sample passes along all axes together
   */
  private static double[] parts(double voxels) {
    int count = Math.max(1, (int) Math.ceil(voxels - STRAIGHT));
    double[] parts = new double[count];
    for (int n = 0; n < count; n++) {
      parts[n] = (n + 0.5) / count - 0.5;
    }
    return parts;
  }

  /** Columns and rows of the mask along those of the lattice: nothing is worked out by sample. */
  private void straight(Mask mask, Steps s, Region reach) {
    int[][] columns = new int[reach.columns()][];
    for (int n = 0; n < columns.length; n++) {
      double x = reach.column() + n;
      columns[n] = pixels(s.column(x - 0.5, 0), s.column(x, 0), s.column(x + 0.5, 0));
    }
    for (int y = reach.row(); y < reach.row() + reach.rows(); y++) {
      int[] rows = pixels(s.row(0, y - 0.5), s.row(0, y), s.row(0, y + 0.5));
      for (int n = 0; n < columns.length; n++) {
        raise(reach.column() + n, y, most(mask, columns[n], rows));
      }
    }
  }

  /** The most of a block of pixels: first and last columns, first and last rows. */
  private static int most(Mask mask, int[] columns, int[] rows) {
    int most = 0;
    for (int row = rows[0]; row <= rows[1]; row++) {
      for (int column = columns[0]; column <= columns[1]; column++) {
        most = Math.max(most, mask.at(column, row));
      }
    }
    return most;
  }

  /**
   * First and last pixel that a sample stands for: those whose middles lie in it, or the nearest
   * where it is no wider than a pixel.
   */
  private static int[] pixels(double from, double middle, double to) {
    if (Math.abs(to - from) <= 1 + STRAIGHT) {
      return new int[] {nearest(middle), nearest(middle)};
    }
    return new int[] {(int) Math.ceil(Math.min(from, to)), (int) Math.ceil(Math.max(from, to)) - 1};
  }

  private void raise(int x, int y, int value) {
    int at = y * lattice.columns() + x;
    if (value > (values[at] & 0xff)) {
      values[at] = (byte) value;
    }
  }

  private static int nearest(double position) {
    return (int) Math.floor(position + 0.5);
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

  /** Where samples of a lattice lie in a slab: pixels of its plane and mm from it. */
  private static final class Steps {
    private final Pixel first;
    private final Pixel right;
    private final Pixel down;
    private final double thickness;
    private final double distance;
    private final double distanceRight;
    private final double distanceDown;

    Steps(Slab slab, SlicePlane lattice) {
      Vec3 o = lattice.origin();
      first = slab.plane().toPixel(o);
      right = less(slab.plane().toPixel(o.plus(lattice.columnStep())), first);
      down = less(slab.plane().toPixel(o.plus(lattice.rowStep())), first);
      thickness = slab.thickness();
      distance = slab.distance(o);
      distanceRight = lattice.columnStep().dot(slab.normal());
      distanceDown = lattice.rowStep().dot(slab.normal());
    }

    private static Pixel less(Pixel a, Pixel b) {
      return new Pixel(a.column() - b.column(), a.row() - b.row());
    }

    /** Whether the lattice is parallel to the plane, and its columns and rows to the plane's. */
    boolean straight(SlicePlane lattice) {
      int size = Math.max(lattice.columns(), lattice.rows());
      return size * Math.abs(right.row()) < STRAIGHT
          && size * Math.abs(down.column()) < STRAIGHT
          && size * Math.abs(distanceRight) < STRAIGHT
          && size * Math.abs(distanceDown) < STRAIGHT;
    }

    /** Whether samples are further apart than the pixels of the plane. */
    boolean coarse() {
      return Math.max(size(right), size(down)) > 1 + STRAIGHT;
    }

    /** Voxels from a sample to the next of a row, along all axes of the voxels together. */
    double voxelsRight() {
      return size(right) + Math.abs(distanceRight) / thickness;
    }

    /** From a row to the next. */
    double voxelsDown() {
      return size(down) + Math.abs(distanceDown) / thickness;
    }

    private static double size(Pixel step) {
      return Math.abs(step.column()) + Math.abs(step.row());
    }

    double column(double x, double y) {
      return first.column() + x * right.column() + y * down.column();
    }

    double row(double x, double y) {
      return first.row() + x * right.row() + y * down.row();
    }

    double distance(double x, double y) {
      return distance + x * distanceRight + y * distanceDown;
    }
  }
}
