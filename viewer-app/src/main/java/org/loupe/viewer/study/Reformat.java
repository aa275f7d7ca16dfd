package org.loupe.viewer.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.image.Image2;
import org.loupe.image.PlaneResampler;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.study.Series;

/**
 * A series cut anew along other planes (multiplanar reformatting), in patient coordinates, whatever
 * the obliqueness and the spacings of its own slices. The new pixels are square, as fine as the
 * source's finest, and the new slices as far apart: cubic within the source's slices, linear
 * between them ({@link PlaneResampler}).
 *
 * @param right direction of the new columns, unit vector in LPS
 * @param down direction of the new rows, unit vector in LPS, at right angles to {@code right}
 * @param name of the planes, for the series' description
 */
public record Reformat(Vec3 right, Vec3 down, String name) {

  /** Largest number of new slices, and of pixels along a side. */
  private static final int MOST = 512;

  /** Along the patient's axes, as such planes are looked at. */
  public static Reformat axial(String name) {
    return new Reformat(new Vec3(1, 0, 0), new Vec3(0, 1, 0), name);
  }

  public static Reformat coronal(String name) {
    return new Reformat(new Vec3(1, 0, 0), new Vec3(0, 0, -1), name);
  }

  public static Reformat sagittal(String name) {
    return new Reformat(new Vec3(0, 1, 0), new Vec3(0, 0, -1), name);
  }

  /**
   * These planes turned about their own axes.
   *
   * @param aboutRight degrees about the axis of the columns
   * @param aboutDown degrees about the axis of the rows, thereafter
   */
  public Reformat turned(double aboutRight, double aboutDown, String newName) {
    Vec3 d = rotated(down, right, Math.toRadians(aboutRight));
    Vec3 r = rotated(right, d, Math.toRadians(aboutDown));
    return new Reformat(r, d, newName);
  }

  /** Rodrigues' rotation of a vector about a unit axis. */
  private static Vec3 rotated(Vec3 v, Vec3 axis, double angle) {
    return v.times(Math.cos(angle))
        .plus(axis.cross(v).times(Math.sin(angle)))
        .plus(axis.times(axis.dot(v) * (1 - Math.cos(angle))));
  }

  /** The reformatted series: takes a second or so; interruptible between slices. */
  public Series of(Series source) {
    Volume volume = source.volume();
    Vec3 normal = right.cross(down);
    double step = Math.min(volume.plane(0).columnSpacing(), volume.plane(0).rowSpacing());
    double[] x = extent(volume, right);
    double[] y = extent(volume, down);
    double[] z = extent(volume, normal);
    double longest = Math.max(x[1] - x[0], Math.max(y[1] - y[0], z[1] - z[0]));
    double mm = Math.max(step, longest / (MOST - 1));
    int columns = count(x, mm);
    int rows = count(y, mm);
    int slices = count(z, mm);
    List<SlicePlane> planes = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    String id = source.id() + " " + name;
    for (int k = 0; k < slices; k++) {
      Vec3 origin = right.times(x[0]).plus(down.times(y[0])).plus(normal.times(z[0] + k * mm));
      planes.add(new SlicePlane(origin, right.times(mm), down.times(mm), columns, rows));
      ids.add(id + " " + k);
    }
    List<Image2> images =
        IntStream.range(0, slices).parallel().mapToObj(k -> cut(volume, planes.get(k))).toList();
    return new Series(
        id,
        (source.description().isEmpty() ? "" : source.description() + " ") + name,
        source.contrast(),
        source.contrastReason(),
        source.frameOfReference(),
        new Volume(planes, images),
        source.window(),
        ids,
        source.notes());
  }

  /** The volume on a lattice that is nowhere coarser than the volume itself. */
  private static Image2 cut(Volume volume, SlicePlane plane) {
    PlaneResampler.Resliced made = PlaneResampler.toPlane(volume, plane);
    boolean same = made.image().width() == plane.columns() && made.image().height() == plane.rows();
    return same
        ? made.image()
        : org.loupe.image.Interpolation.BILINEAR.resample(
            made.image(),
            new org.loupe.image.Samples(0, 1 / made.columnRatio(), plane.columns()),
            new org.loupe.image.Samples(0, 1 / made.rowRatio(), plane.rows()));
  }

  private static int count(double[] extent, double mm) {
    return (int) Math.floor((extent[1] - extent[0]) / mm + 1e-6) + 1;
  }

  /** Lowest and highest coordinate of the volume's corner pixels along a direction, mm. */
  private static double[] extent(Volume volume, Vec3 direction) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int k : new int[] {0, volume.depth() - 1}) {
      SlicePlane p = volume.plane(k);
      for (int corner = 0; corner < 4; corner++) {
        Vec3 at =
            p.toPatient((corner & 1) == 0 ? 0 : p.columns() - 1.0, corner < 2 ? 0 : p.rows() - 1.0);
        low = Math.min(low, at.dot(direction));
        high = Math.max(high, at.dot(direction));
      }
    }
    return new double[] {low, high};
  }
}
