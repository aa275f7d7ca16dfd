package org.loupe.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.loupe.image.Slab;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/**
 * How thick the voxels of a segment are: as far as neighbouring planes are apart, by what the file
 * tells or else by the planes that it has. Planes may be missing, as empty ones need not be stored:
 * a distance that nothing confirms is good enough to draw with, but not to measure.
 *
 * @param slabs by the plane that is stored; planes of the segment that are the same but for
 *     rounding share one
 * @param volumes whether the thickness of its voxels is known, so that their volume is
 */
record Slabs(Map<SlicePlane, Slab> slabs, boolean volumes) {

  /** Thickness of a single plane of which nothing is told, mm. */
  private static final double UNTOLD = 1;

  /** Planes that are nearer to each other are one, but for rounding, mm. */
  private static final double SAME = 0.1;

  /** Deviation of a gap from a whole number of spacings, parts of a spacing. */
  private static final double UNEVEN = 0.05;

  /** Slice thicknesses from plane to plane up to which no plane is missing in between. */
  private static final double NEIGHBOURS = 1.5;

  /** Cosine of the angle at which planes are no longer parallel, 0.1 degrees. */
  private static final double PARALLEL = Math.cos(Math.toRadians(0.1));

  /**
   * How thick voxels are.
   *
   * @param known whether it may be measured with
   */
  private record Thickness(double mm, boolean known) {}

  Slabs {
    slabs = Map.copyOf(slabs);
  }

  /**
   * @param planes of each segment, in any order
   * @param spacing Spacing Between Slices, mm; NaN for not told
   * @param slice Slice Thickness, mm, which counts where no spacing is told; NaN for not told
   * @return by segment
   */
  static Map<Integer, Slabs> of(
      Map<Integer, List<SlicePlane>> planes, double spacing, double slice) {
    List<List<SlicePlane>> stacks =
        stacks(planes.values().stream().flatMap(List::stream).distinct().toList());
    List<Thickness> common = stacks.stream().map(s -> untold(gaps(s), slice)).toList();
    Map<Integer, Slabs> of = new HashMap<>();
    planes.forEach(
        (segment, its) -> {
          Map<SlicePlane, Slab> slabs = new HashMap<>();
          boolean known = stacks.size() == 1;
          for (int n = 0; n < stacks.size(); n++) {
            Vec3 normal = stacks.get(n).get(0).normal();
            List<SlicePlane> own = its.stream().filter(p -> parallel(normal, p)).toList();
            Thickness each = spacing > SAME ? told(gaps(own), spacing) : common.get(n);
            known &= each.known();
            unite(own, normal).forEach((p, as) -> slabs.put(p, new Slab(as, each.mm())));
          }
          of.put(segment, new Slabs(slabs, known));
        });
    return of;
  }

  /** By the spacing that is told, where the planes of a segment do not contradict it. */
  private static Thickness told(List<Double> gaps, double spacing) {
    double least = gaps.stream().mapToDouble(Double::doubleValue).min().orElse(spacing);
    return whole(least / spacing)
        ? new Thickness(spacing, gaps.stream().allMatch(gap -> whole(gap / spacing)))
        : new Thickness(least, false);
  }

  /**
   * By the gaps of a whole stack, whatever the segments of its planes, where no spacing is told.
   */
  private static Thickness untold(List<Double> gaps, double slice) {
    if (gaps.isEmpty()) {
      return slice > 0 ? new Thickness(slice, true) : new Thickness(UNTOLD, false);
    }
    double least = gaps.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    if (least > NEIGHBOURS * slice) {
      return new Thickness(slice, false);
    }
    // Thick slices confirm that the nearest planes are neighbours, or else an even stack does.
    boolean confirmed = slice <= NEIGHBOURS * least;
    boolean even = gaps.size() > 1 && gaps.stream().allMatch(gap -> Math.rint(gap / least) == 1);
    return new Thickness(
        least, (confirmed || even) && gaps.stream().allMatch(gap -> whole(gap / least)));
  }

  private static boolean whole(double multiple) {
    return multiple > 0.5 && Math.abs(multiple - Math.rint(multiple)) <= UNEVEN;
  }

  private static boolean parallel(Vec3 normal, SlicePlane plane) {
    return normal.dot(plane.normal()) > PARALLEL;
  }

  private static List<List<SlicePlane>> stacks(List<SlicePlane> planes) {
    List<List<SlicePlane>> stacks = new ArrayList<>();
    for (SlicePlane plane : planes) {
      stacks.stream()
          .filter(stack -> parallel(stack.get(0).normal(), plane))
          .findFirst()
          .orElseGet(
              () -> {
                stacks.add(new ArrayList<>());
                return stacks.get(stacks.size() - 1);
              })
          .add(plane);
    }
    return stacks;
  }

  /** Distances between neighbouring planes of a stack, mm. */
  private static List<Double> gaps(List<SlicePlane> stack) {
    if (stack.isEmpty()) {
      return List.of();
    }
    Vec3 normal = stack.get(0).normal();
    double[] heights = stack.stream().mapToDouble(p -> p.origin().dot(normal)).sorted().toArray();
    List<Double> gaps = new ArrayList<>();
    for (int n = 1; n < heights.length; n++) {
      if (heights[n] - heights[n - 1] > SAME) {
        gaps.add(heights[n] - heights[n - 1]);
      }
    }
    return gaps;
  }

  /**
   * The plane that stands for each of a segment in a stack: itself, or one of which it is a copy
   * but for rounding. Tiles beside each other at one height stay apart.
   */
  private static Map<SlicePlane, SlicePlane> unite(List<SlicePlane> planes, Vec3 normal) {
    Map<SlicePlane, SlicePlane> as = new HashMap<>();
    List<SlicePlane> kept = new ArrayList<>();
    Comparator<SlicePlane> upwards = Comparator.comparingDouble(p -> p.origin().dot(normal));
    for (SlicePlane plane : planes.stream().sorted(upwards).toList()) {
      double height = plane.origin().dot(normal);
      SlicePlane one =
          Stream.iterate(kept.size() - 1, n -> n >= 0, n -> n - 1)
              .map(kept::get)
              .takeWhile(p -> height - p.origin().dot(normal) <= SAME)
              .filter(p -> same(p, plane))
              .findFirst()
              .orElse(plane);
      as.put(plane, one);
      if (one.equals(plane)) {
        kept.add(plane);
      }
    }
    return as;
  }

  private static boolean same(SlicePlane a, SlicePlane b) {
    return a.columns() == b.columns()
        && a.rows() == b.rows()
        && a.origin().minus(b.origin()).length() <= SAME
        && a.toPatient(a.columns(), a.rows()).minus(b.toPatient(b.columns(), b.rows())).length()
            <= SAME;
  }
}
