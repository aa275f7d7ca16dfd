package org.loupe.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a volume's array is to be turned so that it is shown by radiological convention: axial and
 * coronal with the patient's right at the left of the screen, sagittal with anterior at the left;
 * anterior (axial) or head (coronal, sagittal) on top. Oblique planes go by the nearest of the
 * three. Slices then run along the shown plane's normal: axial from foot to head, coronal from
 * anterior to posterior, sagittal from the patient's left to right.
 *
 * @param view nearest standard view
 * @param transpose whether rows and columns change places, before any flip
 * @param flipColumns whether columns are then reversed (left to right)
 * @param flipRows whether rows are then reversed (top to bottom)
 * @param reverseSlices whether the slices are reversed
 */
public record DisplayOrientation(
    StandardView view,
    boolean transpose,
    boolean flipColumns,
    boolean flipRows,
    boolean reverseSlices) {

  /** The standard views. */
  public enum StandardView {
    AXIAL,
    CORONAL,
    SAGITTAL
  }

  /**
   * Letters at the edges of the screen: R, L, A, P, H, F, two for oblique directions.
   *
   * @param left which way of the patient the left edge looks
   */
  public record Edges(String left, String right, String top, String bottom) {}

  /** The sine beyond which a second letter is shown: 20 degrees. */
  private static final double OBLIQUE = 0.342;

  /** The orientation that a volume needs. */
  public static DisplayOrientation of(Volume volume) {
    SlicePlane plane = volume.plane(0);
    Vec3 n = plane.normal();
    double x = Math.abs(n.x());
    double y = Math.abs(n.y());
    double z = Math.abs(n.z());
    StandardView view = StandardView.SAGITTAL;
    if (z >= x && z >= y) {
      view = StandardView.AXIAL;
    } else if (y >= x) {
      view = StandardView.CORONAL;
    }
    // The screen's right and down in LPS.
    Vec3 right = view == StandardView.SAGITTAL ? new Vec3(0, 1, 0) : new Vec3(1, 0, 0);
    Vec3 bottom = view == StandardView.AXIAL ? new Vec3(0, 1, 0) : new Vec3(0, 0, -1);
    DisplayOrientation shown = of(plane, view, right, bottom);
    // Each exchange or flip turns the normal over.
    boolean turned = shown.transpose ^ shown.flipColumns ^ shown.flipRows;
    Vec3 normal = turned ? n.times(-1) : n;
    Vec3 stack = volume.plane(volume.depth() - 1).origin().minus(plane.origin());
    return new DisplayOrientation(
        view, shown.transpose, shown.flipColumns, shown.flipRows, stack.dot(normal) < 0);
  }

  /**
   * The orientation that turns an array so that two directions of the patient lie as near as they
   * can to the screen's right and down; the slices keep their order.
   *
   * @param right unit vector
   * @param down unit vector
   */
  public static DisplayOrientation towards(SlicePlane plane, Vec3 right, Vec3 down) {
    return of(plane, StandardView.AXIAL, right, down);
  }

  private static DisplayOrientation of(
      SlicePlane plane, StandardView view, Vec3 right, Vec3 bottom) {
    Vec3 column = plane.columnStep().unit();
    Vec3 row = plane.rowStep().unit();
    boolean transpose =
        Math.abs(row.dot(right)) + Math.abs(column.dot(bottom))
            > Math.abs(column.dot(right)) + Math.abs(row.dot(bottom));
    Vec3 across = transpose ? row : column;
    Vec3 down = transpose ? column : row;
    return new DisplayOrientation(
        view, transpose, across.dot(right) < 0, down.dot(bottom) < 0, false);
  }

  /** Whether the array is shown as it is. */
  public boolean isIdentity() {
    return !transpose && !flipColumns && !flipRows && !reverseSlices;
  }

  /** The volume with its array turned; every pixel keeps its place in the patient. */
  public Volume apply(Volume volume) {
    if (isIdentity()) {
      return volume;
    }
    List<SlicePlane> planes = new ArrayList<>();
    volume.planes().forEach(plane -> planes.add(apply(plane)));
    if (volume.slices() instanceof LazySlices lazy) {
      int last = volume.depth() - 1;
      int[] order = IntStream.rangeClosed(0, last).map(k -> reverseSlices ? last - k : k).toArray();
      return new Volume(apply(planes), lazy.changed(order, this::apply));
    }
    List<Image2> slices = new ArrayList<>();
    volume.slices().forEach(slice -> slices.add(apply(slice)));
    return new Volume(apply(planes), apply(slices));
  }

  /** A list by slice in the order of the turned volume's slices. */
  public <T> List<T> apply(List<T> bySlice) {
    List<T> turned = new ArrayList<>(bySlice);
    if (reverseSlices) {
      Collections.reverse(turned);
    }
    return turned;
  }

  private SlicePlane apply(SlicePlane p) {
    Vec3 across = transpose ? p.rowStep() : p.columnStep();
    Vec3 down = transpose ? p.columnStep() : p.rowStep();
    int columns = transpose ? p.rows() : p.columns();
    int rows = transpose ? p.columns() : p.rows();
    Vec3 origin = p.origin();
    if (flipColumns) {
      origin = origin.plus(across.times(columns - 1));
      across = across.times(-1);
    }
    if (flipRows) {
      origin = origin.plus(down.times(rows - 1));
      down = down.times(-1);
    }
    return new SlicePlane(origin, across, down, columns, rows);
  }

  private Image2 apply(Image2 image) {
    if (!transpose && !flipColumns && !flipRows) {
      return image;
    }
    int columns = transpose ? image.height() : image.width();
    int rows = transpose ? image.width() : image.height();
    float[] turned = new float[columns * rows];
    for (int r = 0; r < rows; r++) {
      int down = flipRows ? rows - 1 - r : r;
      for (int c = 0; c < columns; c++) {
        int across = flipColumns ? columns - 1 - c : c;
        turned[r * columns + c] = transpose ? image.at(down, across) : image.at(across, down);
      }
    }
    return new Image2(turned, columns, rows);
  }

  /** Letters for the edges of a plane that is shown with columns to the right and rows down. */
  public static Edges edges(SlicePlane plane) {
    Vec3 right = plane.columnStep().unit();
    Vec3 down = plane.rowStep().unit();
    return new Edges(
        letters(right.times(-1)), letters(right), letters(down.times(-1)), letters(down));
  }

  /** Letters of a unit direction, the main one first: "L", or "LP" where it is oblique. */
  public static String letters(Vec3 direction) {
    record Part(String letter, double size) {}
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(direction.x() > 0 ? "L" : "R", Math.abs(direction.x())));
    parts.add(new Part(direction.y() > 0 ? "P" : "A", Math.abs(direction.y())));
    parts.add(new Part(direction.z() > 0 ? "H" : "F", Math.abs(direction.z())));
    parts.sort((a, b) -> Double.compare(b.size, a.size));
    String second = parts.get(1).size > OBLIQUE ? parts.get(1).letter : "";
    return parts.get(0).letter + second;
  }
}
