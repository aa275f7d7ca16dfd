package org.loupe.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds how two volumes of one head, of the same contrast, lie to each other: the rotation and
 * shift with the highest correlation of the values of blocks, of 8 mm first and then of 4, by a
 * search along the six coordinates with steps that are halved. It starts from the coordinates as
 * they are, from the middles of the volumes on each other, and from the middles of what is bright
 * in them on each other; the best end counts. Good to one or two millimetres, for going to the same
 * place in both; what has changed between them is not undone.
 */
public final class RigidRegistration {

  /**
   * Below this correlation the search is taken to have failed. Measured on public scans of 3 to 4
   * mm between slices: two studies of one head 0.94 and more for T2 and 0.96 for FLAIR; two heads
   * up to 0.78 for T2, but 0.91 for FLAIR, so it is no proof that the head is the same.
   */
  public static final double LEAST_CORRELATION = 0.86;

  /** Least part of the first volume's blocks that must lie in the second one. */
  private static final double LEAST_OVERLAP = 0.4;

  /** Share of the brightest blocks' value from which a block is no background. */
  private static final double FOREGROUND = 0.1;

  /** One of so many blocks of the background counts: they say where the head ends, and are many. */
  private static final int BACKGROUND_EVERY = 4;

  private static final double DEGREE = Math.PI / 180;

  /**
   * How the volumes lie.
   *
   * @param transform from the first volume's patient coordinates to the second one's
   * @param correlation of their blocks, up to 1
   */
  public record Result(RigidTransform transform, double correlation) {}

  /** Blocks of the first volume that are compared. */
  private record Points(List<Vec3> places, float[] values) {}

  private final Points points;
  private final CoarseVolume second;
  private final Vec3 centre;

  private RigidRegistration(Points points, CoarseVolume second, Vec3 centre) {
    this.points = points;
    this.second = second;
    this.centre = centre;
  }

  /**
   * Registers.
   *
   * @return nothing where the volumes have too little in common
   */
  public static Optional<Result> between(Volume first, Volume second) {
    Vec3 centre = middle(first);
    RigidRegistration rough = at(8, first, second, centre);
    List<Vec3> starts =
        List.of(
            Vec3.ZERO,
            middle(second).minus(centre),
            mass(new CoarseVolume(second, 8)).minus(mass(new CoarseVolume(first, 8))));
    double[] best =
        starts.stream()
            .map(s -> new double[] {0, 0, 0, s.x(), s.y(), s.z()})
            .map(p -> rough.climb(p, 8, 1))
            .max(Comparator.comparingDouble(rough::correlation))
            .orElseThrow();
    RigidRegistration fine = at(4, first, second, centre);
    double[] end = fine.climb(best, 2, 0.1);
    double correlation = fine.correlation(end);
    return correlation >= LEAST_CORRELATION
        ? Optional.of(new Result(fine.transform(end), correlation))
        : Optional.empty();
  }

  private static RigidRegistration at(double spacing, Volume first, Volume second, Vec3 centre) {
    return new RigidRegistration(
        points(new CoarseVolume(first, spacing)), new CoarseVolume(second, spacing), centre);
  }

  private static Vec3 middle(Volume volume) {
    Vec3 ends = volume.plane(0).centre().plus(volume.plane(volume.depth() - 1).centre());
    return ends.times(0.5);
  }

  private static float threshold(CoarseVolume volume) {
    float[] sorted = new float[volume.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = volume.value(i);
    }
    Arrays.sort(sorted);
    return (float) (FOREGROUND * sorted[(int) (0.99 * (sorted.length - 1))]);
  }

  private static Points points(CoarseVolume volume) {
    float threshold = threshold(volume);
    int[] kept =
        java.util.stream.IntStream.range(0, volume.size())
            .filter(i -> volume.value(i) > threshold || i % BACKGROUND_EVERY == 0)
            .toArray();
    float[] values = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      values[i] = volume.value(kept[i]);
    }
    Stream<Vec3> places = Arrays.stream(kept).mapToObj(volume::place);
    return new Points(places.toList(), values);
  }

  /** The middle of what is no background. */
  private static Vec3 mass(CoarseVolume volume) {
    float threshold = threshold(volume);
    Vec3 sum = Vec3.ZERO;
    int count = 0;
    for (int i = 0; i < volume.size(); i++) {
      if (volume.value(i) > threshold) {
        sum = sum.plus(volume.place(i));
        count++;
      }
    }
    return count == 0 ? volume.place(volume.size() / 2) : sum.times(1.0 / count);
  }

  /** Three angles, radians, and three shifts, mm, as a transform. */
  private RigidTransform transform(double[] p) {
    return RigidTransform.about(centre, new Vec3(p[0], p[1], p[2]), new Vec3(p[3], p[4], p[5]));
  }

  /**
   * Goes up from a start.
   *
   * @param step first step, mm; turns go by three quarters as many degrees
   * @param last steps below end it, mm
   */
  private double[] climb(double[] start, double step, double last) {
    double[] at = start.clone();
    double best = correlation(at);
    for (double s = step; s >= last; s /= 2) {
      boolean better = true;
      while (better) {
        better = false;
        for (int i = 0; i < at.length; i++) {
          double size = i < 3 ? 0.75 * s * DEGREE : s;
          for (int way = -1; way <= 1; way += 2) {
            double before = at[i];
            at[i] = before + way * size;
            double now = correlation(at);
            if (now > best + 1e-9) {
              best = now;
              better = true;
            } else {
              at[i] = before;
            }
          }
        }
      }
    }
    return at;
  }

  /** Correlation of the blocks with the second volume under them; -1 where too few lie in it. */
  private double correlation(double[] p) {
    RigidTransform t = transform(p);
    double n = 0;
    double a = 0;
    double b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < points.values.length; i++) {
      double there = second.at(t.apply(points.places.get(i)));
      if (!Double.isNaN(there)) {
        double here = points.values[i];
        n++;
        a += here;
        b += there;
        aa += here * here;
        bb += there * there;
        ab += here * there;
      }
    }
    if (n < LEAST_OVERLAP * points.values.length) {
      return -1;
    }
    double va = aa - a * a / n;
    double vb = bb - b * b / n;
    return va > 0 && vb > 0 ? (ab - a * b / n) / Math.sqrt(va * vb) : -1;
  }
}
