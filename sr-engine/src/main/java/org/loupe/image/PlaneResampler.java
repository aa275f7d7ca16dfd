package org.loupe.image;

import java.util.Arrays;
import java.util.List;

/**
 * Reslices a volume into another plane, in patient coordinates: any obliqueness, pixel size and
 * field of view. In the source's planes the kernel is Catmull-Rom (Keys 1981, a = -0.5); between
 * its slices it is linear in millimetres, so uneven gaps are right. Outside the source's field of
 * view the result is 0.
 */
public final class PlaneResampler {

  /** A lattice that runs through source pixel centres this closely (pixels) is copied. */
  private static final double ON_CENTRE = 0.02;

  /** Of a step ratio this close to 1 only rounding is left. */
  private static final double SAME_STEP = 2e-5;

  private PlaneResampler() {}

  /**
   * A volume cut along a plane. Pixel (c, r) lies at target lattice position (c * columnRatio, r *
   * rowRatio): first centres coincide.
   *
   * @param columnRatio pixel width over the target's
   * @param rowRatio pixel height over the target's
   * @param coverage fraction of the pixels that lie in the source's field of view
   */
  public record Resliced(Image2 image, double columnRatio, double rowRatio, double coverage) {}

  /**
   * Reslices into the target's plane, over the target's area, at the source's own resolution along
   * each of the target's axes but never coarser than the target. Where that lattice runs through
   * the source's pixel centres, its pixels are copied without interpolation.
   */
  public static Resliced toPlane(Volume source, SlicePlane target) {
    double columnRatio = ratio(source, target.columnStep());
    double rowRatio = ratio(source, target.rowStep());
    // The tolerance keeps rounding in the steps from adding a last pixel.
    int columns = (int) Math.ceil(target.columns() / columnRatio - 0.01);
    int rows = (int) Math.ceil(target.rows() / rowRatio - 0.01);
    SlicePlane lattice = target.resampled(columnRatio, rowRatio, columns, rows);
    Sampler sampler = new Sampler(source, lattice);
    int inside = sampler.onCentres() ? sampler.nearest() : sampler.cubic();
    Image2 image = new Image2(sampler.values, columns, rows);
    return new Resliced(image, columnRatio, rowRatio, (double) inside / image.values().length);
  }

  /** The nearest voxel for each pixel of a lattice: for label maps, which must not be mixed. */
  public static Image2 nearest(Volume source, SlicePlane lattice) {
    Sampler sampler = new Sampler(source, lattice);
    sampler.nearest();
    return new Image2(sampler.values, lattice.columns(), lattice.rows());
  }

  /**
   * A slice on the lattice of another one, moved along the normal, as neighbouring slices are
   * compared; returned as it is where the lattices coincide.
   */
  public static Image2 project(Image2 slice, SlicePlane from, SlicePlane onto) {
    Pixel first = onto.toPixel(from.origin());
    Pixel last = onto.toPixel(from.toPatient(from.columns() - 1, from.rows() - 1));
    boolean same =
        from.columns() == onto.columns()
            && from.rows() == onto.rows()
            && Math.hypot(first.column(), first.row()) < ON_CENTRE
            && Math.hypot(last.column() - onto.columns() + 1, last.row() - onto.rows() + 1)
                < ON_CENTRE;
    if (same) {
      return slice;
    }
    Vec3 shift = onto.normal().times(-onto.distance(from.centre()));
    SlicePlane moved =
        new SlicePlane(
            from.origin().plus(shift),
            from.columnStep(),
            from.rowStep(),
            from.columns(),
            from.rows());
    Volume alone = new Volume(List.of(moved), List.of(slice));
    Sampler sampler = new Sampler(alone, onto);
    sampler.cubic();
    return new Image2(sampler.values, onto.columns(), onto.rows());
  }

  /** The source's voxel size along a step of the target, over the step; at most 1. */
  private static double ratio(Volume source, Vec3 step) {
    SlicePlane plane = source.plane(source.depth() / 2);
    Vec3 a = plane.columnStep();
    Vec3 b = plane.rowStep();
    Vec3 c = plane.normal().times(usualGap(source));
    // Voxels passed per step: the step in the basis (a, b, c), by Cramer's rule.
    double det = a.cross(b).dot(c);
    double i = step.cross(b).dot(c) / det;
    double j = a.cross(step).dot(c) / det;
    double k = a.cross(b).dot(step) / det;
    double ratio = 1 / Math.sqrt(i * i + j * j + k * k);
    return ratio > 1 - SAME_STEP ? 1 : ratio;
  }

  /** The median distance between slices, mm; of one slice, its pixel size but at least 1 mm. */
  private static double usualGap(Volume source) {
    if (source.depth() == 1) {
      SlicePlane plane = source.plane(0);
      return Math.max(1, Math.max(plane.columnSpacing(), plane.rowSpacing()));
    }
    double[] gaps = source.gaps().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return gaps[gaps.length / 2];
  }

  /** Samples one source at the pixels of one lattice. */
  private static final class Sampler {
    private final Volume source;
    private final SlicePlane lattice;
    private final int width;
    private final int height;

    /** Slice positions along the source's normal, mm, rising; {@link #order} has their indices. */
    private final double[] positions;

    private final int[] order;

    /** How far beyond the outermost slices the source still reaches, mm. */
    private final double margin;

    /** Position of lattice pixel (x, y) along the normal: depth[0] + depth[1] x + depth[2] y. */
    private final double[] depth;

    /** For each slice, source column and row of lattice pixel (x, y), as for depth: six numbers. */
    private final double[][] maps;

    private final float[] values;

    Sampler(Volume source, SlicePlane lattice) {
      this.source = source;
      this.lattice = lattice;
      width = source.columns();
      height = source.rows();
      Vec3 normal = source.plane(0).normal();
      int n = source.depth();
      Integer[] sorted = new Integer[n];
      Arrays.setAll(sorted, k -> k);
      Arrays.sort(
          sorted,
          (p, q) ->
              Double.compare(
                  source.plane(p).origin().dot(normal), source.plane(q).origin().dot(normal)));
      order = new int[n];
      positions = new double[n];
      maps = new double[n][];
      for (int s = 0; s < n; s++) {
        order[s] = sorted[s];
        SlicePlane plane = source.plane(order[s]);
        positions[s] = plane.origin().dot(normal);
        Pixel origin = plane.toPixel(lattice.origin());
        Pixel right = plane.toPixel(lattice.toPatient(1, 0));
        Pixel down = plane.toPixel(lattice.toPatient(0, 1));
        maps[s] =
            new double[] {
              origin.column(),
              right.column() - origin.column(),
              down.column() - origin.column(),
              origin.row(),
              right.row() - origin.row(),
              down.row() - origin.row()
            };
      }
      margin = usualGap(source) / 2;
      depth =
          new double[] {
            lattice.origin().dot(normal),
            lattice.columnStep().dot(normal),
            lattice.rowStep().dot(normal)
          };
      values = new float[lattice.columns() * lattice.rows()];
    }

    /** Whether every pixel lies on a source pixel's centre: walked along two sides. */
    boolean onCentres() {
      for (int x = 0; x < lattice.columns(); x++) {
        if (!onCentre(x, 0)) {
          return false;
        }
      }
      for (int y = 0; y < lattice.rows(); y++) {
        if (!onCentre(0, y)) {
          return false;
        }
      }
      return onCentre(lattice.columns() - 1, lattice.rows() - 1);
    }

    private boolean onCentre(int x, int y) {
      double t = depth[0] + depth[1] * x + depth[2] * y;
      int s = nearestSlice(t);
      double[] m = maps[s];
      double column = m[0] + m[1] * x + m[2] * y;
      double row = m[3] + m[4] * x + m[5] * y;
      return Math.abs(t - positions[s]) <= ON_CENTRE * 2 * margin
          && Math.abs(column - Math.rint(column)) <= ON_CENTRE
          && Math.abs(row - Math.rint(row)) <= ON_CENTRE;
    }

    /** Fills by the nearest voxel and returns how many pixels lie inside. */
    int nearest() {
      int inside = 0;
      for (int y = 0, n = 0; y < lattice.rows(); y++) {
        for (int x = 0; x < lattice.columns(); x++, n++) {
          double t = depth[0] + depth[1] * x + depth[2] * y;
          if (outside(t)) {
            continue;
          }
          int s = nearestSlice(t);
          double[] m = maps[s];
          int column = (int) Math.round(m[0] + m[1] * x + m[2] * y);
          int row = (int) Math.round(m[3] + m[4] * x + m[5] * y);
          if (column >= 0 && row >= 0 && column < width && row < height) {
            values[n] = source.slice(order[s]).at(column, row);
            inside++;
          }
        }
      }
      return inside;
    }

    /** Fills by cubic and linear interpolation and returns how many pixels lie inside. */
    int cubic() {
      double change = Math.abs(depth[1]) * lattice.columns() + Math.abs(depth[2]) * lattice.rows();
      if (change < 1e-3 * margin) {
        return parallel();
      }
      int inside = 0;
      for (int y = 0, n = 0; y < lattice.rows(); y++) {
        for (int x = 0; x < lattice.columns(); x++, n++) {
          double t = depth[0] + depth[1] * x + depth[2] * y;
          if (outside(t)) {
            continue;
          }
          int s = below(t);
          float weight = (float) weight(s, t);
          if (!contains(maps[weight > 0.5f ? s + 1 : s], x, y)) {
            continue;
          }
          inside++;
          float value = 0;
          if (weight < 1) {
            value += (1 - weight) * at(pixels(s), maps[s], x, y);
          }
          if (weight > 0) {
            value += weight * at(pixels(s + 1), maps[s + 1], x, y);
          }
          values[n] = value;
        }
      }
      return inside;
    }

    /** As cubic, where one depth holds for all pixels. */
    private int parallel() {
      if (outside(depth[0])) {
        return 0;
      }
      int s = below(depth[0]);
      float weight = (float) weight(s, depth[0]);
      if (weight == 0 || weight == 1) {
        int only = weight == 0 ? s : s + 1;
        return fill(pixels(only), maps[only], 1, maps[only]);
      }
      double[] nearest = maps[weight > 0.5f ? s + 1 : s];
      double apart = 0;
      for (int n = 0; n < nearest.length; n++) {
        apart = Math.max(apart, Math.abs(maps[s][n] - maps[s + 1][n]));
      }
      if (apart > 1e-6) {
        // Slices of a sheared stack: each has its own place in the plane.
        fill(pixels(s), maps[s], 1 - weight, nearest);
        return fill(pixels(s + 1), maps[s + 1], weight, nearest);
      }
      float[] a = pixels(s);
      float[] b = pixels(s + 1);
      float[] mixed = new float[a.length];
      for (int n = 0; n < mixed.length; n++) {
        mixed[n] = (1 - weight) * a[n] + weight * b[n];
      }
      return fill(mixed, maps[s], 1, maps[s]);
    }

    /** Adds a slice with a weight where {@code extent} lies in it; returns how many pixels do. */
    private int fill(float[] pixels, double[] map, float weight, double[] extent) {
      int inside = 0;
      for (int y = 0, n = 0; y < lattice.rows(); y++) {
        for (int x = 0; x < lattice.columns(); x++, n++) {
          if (contains(extent, x, y)) {
            values[n] += weight * at(pixels, map, x, y);
            inside++;
          }
        }
      }
      return inside;
    }

    private boolean contains(double[] m, int x, int y) {
      double column = m[0] + m[1] * x + m[2] * y;
      double row = m[3] + m[4] * x + m[5] * y;
      return column >= -0.5 && row >= -0.5 && column <= width - 0.5 && row <= height - 0.5;
    }

    private float[] pixels(int s) {
      return source.slice(order[s]).values();
    }

    private boolean outside(double t) {
      return t < positions[0] - margin || t > positions[positions.length - 1] + margin;
    }

    /** The last slice at or below a position; the first where none is. */
    private int below(double t) {
      int found = Arrays.binarySearch(positions, t);
      return Math.max(0, found >= 0 ? found : -found - 2);
    }

    /** Weight of slice s + 1 at a position: 0 at slice s; beyond the ends the outermost counts. */
    private double weight(int s, double t) {
      if (s + 1 >= positions.length || t <= positions[s]) {
        return 0;
      }
      double w = (t - positions[s]) / (positions[s + 1] - positions[s]);
      return w < 1e-3 ? 0 : w > 1 - 1e-3 ? 1 : w;
    }

    private int nearestSlice(double t) {
      int s = below(t);
      return weight(s, t) > 0.5 ? s + 1 : s;
    }

    private float at(float[] pixels, double[] m, int x, int y) {
      double column = m[0] + m[1] * x + m[2] * y;
      double row = m[3] + m[4] * x + m[5] * y;
      int c = (int) Math.floor(column);
      int r = (int) Math.floor(row);
      float u = (float) (column - c);
      float v = (float) (row - r);
      if (c >= 1 && r >= 1 && c < width - 2 && r < height - 2) {
        int at = (r - 1) * width + c - 1;
        return keys(
            row(pixels, at, u),
            row(pixels, at + width, u),
            row(pixels, at + 2 * width, u),
            row(pixels, at + 3 * width, u),
            v);
      }
      float[] lines = new float[4];
      for (int k = 0; k < 4; k++) {
        int line = Math.clamp(r - 1 + k, 0, height - 1) * width;
        lines[k] =
            keys(
                pixels[line + Math.clamp(c - 1, 0, width - 1)],
                pixels[line + Math.clamp(c, 0, width - 1)],
                pixels[line + Math.clamp(c + 1, 0, width - 1)],
                pixels[line + Math.clamp(c + 2, 0, width - 1)],
                u);
      }
      return keys(lines[0], lines[1], lines[2], lines[3], v);
    }

    private static float row(float[] pixels, int at, float u) {
      return keys(pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3], u);
    }

    /** Catmull-Rom between b (t = 0) and c (t = 1). */
    private static float keys(float a, float b, float c, float d, float t) {
      return b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
  }
}
