package org.loupe.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A volume averaged over blocks, for what needs no detail: comparing places of whole heads. Between
 * block centres it is linear in all three directions.
 */
final class CoarseVolume {

  /** Middle of each slice's first block, LPS mm, by rising distance along {@link #normal}. */
  private final List<Vec3> origins = new ArrayList<>();

  /** Block values of each slice, row by row. */
  private final List<float[]> slices = new ArrayList<>();

  private final Vec3 normal;

  /** What a displacement is multiplied by for block columns and rows. */
  private final Vec3 toColumn;

  private final Vec3 toRow;
  private final Vec3 columnStep;
  private final Vec3 rowStep;
  private final int columns;
  private final int rows;
  private final double[] distances;

  /**
   * @param spacing size of the blocks at least, mm; slices that are as thick are not averaged
   */
  CoarseVolume(Volume volume, double spacing) {
    SlicePlane first = volume.plane(0);
    int across = block(spacing, first.columnSpacing(), volume.columns());
    int down = block(spacing, first.rowSpacing(), volume.rows());
    double gap = volume.gaps().stream().mapToDouble(Double::doubleValue).average().orElse(spacing);
    int through = block(spacing, gap, volume.depth());
    columns = volume.columns() / across;
    rows = volume.rows() / down;
    columnStep = first.columnStep().times(across);
    rowStep = first.rowStep().times(down);
    normal = first.normal();
    for (int k = 0; k + through <= volume.depth(); k += through) {
      float[] sum = new float[columns * rows];
      Vec3 middle = Vec3.ZERO;
      for (int i = 0; i < through; i++) {
        add(volume.slice(k + i), across, down, 1f / (across * down * through), sum);
        Vec3 centre = volume.plane(k + i).toPatient((across - 1) / 2.0, (down - 1) / 2.0);
        middle = middle.plus(centre.times(1.0 / through));
      }
      origins.add(middle);
      slices.add(sum);
    }
    if (origins.size() > 1 && origins.get(1).minus(origins.get(0)).dot(normal) < 0) {
      java.util.Collections.reverse(origins);
      java.util.Collections.reverse(slices);
    }
    distances = origins.stream().mapToDouble(o -> o.dot(normal)).toArray();
    double cc = columnStep.dot(columnStep);
    double rr = rowStep.dot(rowStep);
    double cr = columnStep.dot(rowStep);
    double det = cc * rr - cr * cr;
    toColumn = columnStep.times(rr / det).minus(rowStep.times(cr / det));
    toRow = rowStep.times(cc / det).minus(columnStep.times(cr / det));
  }

  private static int block(double spacing, double step, int most) {
    return Math.clamp(Math.round(spacing / step), 1, most);
  }

  private void add(Image2 slice, int across, int down, float weight, float[] sum) {
    for (int r = 0; r < rows * down; r++) {
      for (int c = 0; c < columns * across; c++) {
        sum[r / down * columns + c / across] += weight * slice.at(c, r);
      }
    }
  }

  int size() {
    return slices.size() * columns * rows;
  }

  /** Value of a block. */
  float value(int block) {
    return slices.get(block / (columns * rows))[block % (columns * rows)];
  }

  /** Middle of a block, LPS mm. */
  Vec3 place(int block) {
    int within = block % (columns * rows);
    int row = within / columns;
    return origins
        .get(block / (columns * rows))
        .plus(columnStep.times(within % columns))
        .plus(rowStep.times(row));
  }

  /** The value at a patient point; NaN outside. */
  double at(Vec3 p) {
    double d = p.dot(normal);
    int k = 0;
    while (k < distances.length - 2 && d > distances[k + 1]) {
      k++;
    }
    if (distances.length < 2) {
      return inSlice(0, p);
    }
    double part = (d - distances[k]) / (distances[k + 1] - distances[k]);
    if (part < 0 || part > 1) {
      return Double.NaN;
    }
    return (1 - part) * inSlice(k, p) + part * inSlice(k + 1, p);
  }

  private double inSlice(int k, Vec3 p) {
    Vec3 from = p.minus(origins.get(k));
    double column = from.dot(toColumn);
    double row = from.dot(toRow);
    if (!(column >= 0 && row >= 0 && column <= columns - 1 && row <= rows - 1)) {
      return Double.NaN;
    }
    int c = Math.min((int) column, Math.max(0, columns - 2));
    int r = Math.min((int) row, Math.max(0, rows - 2));
    int right = columns > 1 ? 1 : 0;
    int below = rows > 1 ? columns : 0;
    double x = column - c;
    double y = row - r;
    float[] v = slices.get(k);
    int i = r * columns + c;
    return (1 - y) * ((1 - x) * v[i] + x * v[i + right])
        + y * ((1 - x) * v[i + below] + x * v[i + below + right]);
  }
}
