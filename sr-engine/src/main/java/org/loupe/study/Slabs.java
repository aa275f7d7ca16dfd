package org.loupe.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/**
 * How thick the voxels of a segmentation are: as far as neighbouring planes of it are apart. Planes
 * may be missing, as empty ones need not be stored.
 *
 * @param thickness by plane, mm
 * @param volumes whether the voxels of all planes fill space evenly, so that their volume is known
 */
record Slabs(Map<SlicePlane, Double> thickness, boolean volumes) {

  /** Thickness of a single plane of which nothing is told, mm. */
  private static final double UNTOLD = 1;

  /** Planes that are nearer to each other are one, but for rounding, mm. */
  private static final double SAME = 0.1;

  /** Deviation of a gap from a whole number of spacings, parts of a spacing. */
  private static final double UNEVEN = 0.05;

  /** Cosine of the angle at which planes are no longer parallel, 0.1 degrees. */
  private static final double PARALLEL = Math.cos(Math.toRadians(0.1));

  Slabs {
    thickness = Map.copyOf(thickness);
  }

  /**
   * @param planes all planes, in any order
   * @param spacing Spacing Between Slices, mm; NaN for not told
   * @param slice Slice Thickness, mm, which counts for a single plane alone; NaN for not told
   */
  static Slabs of(List<SlicePlane> planes, double spacing, double slice) {
    List<List<SlicePlane>> stacks = stacks(planes);
    Map<SlicePlane, Double> thickness = new HashMap<>();
    boolean volumes = stacks.size() == 1;
    for (List<SlicePlane> stack : stacks) {
      List<Double> gaps = gaps(stack);
      double least = gaps.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
      double each = gaps.isEmpty() ? alone(spacing, slice) : among(least, spacing);
      stack.forEach(plane -> thickness.put(plane, each));
      volumes &= !gaps.isEmpty() || spacing > 0 || slice > 0;
      volumes &= gaps.stream().allMatch(gap -> whole(gap / each));
    }
    return new Slabs(thickness, volumes);
  }

  private static double alone(double spacing, double slice) {
    return spacing > 0 ? spacing : slice > 0 ? slice : UNTOLD;
  }

  /** Where every second plane is missing, what is told is the better answer. */
  private static double among(double least, double spacing) {
    return spacing > SAME && whole(least / spacing) ? spacing : least;
  }

  private static boolean whole(double multiple) {
    return multiple > 0.5 && Math.abs(multiple - Math.rint(multiple)) <= UNEVEN;
  }

  private static List<List<SlicePlane>> stacks(List<SlicePlane> planes) {
    List<List<SlicePlane>> stacks = new ArrayList<>();
    for (SlicePlane plane : planes) {
      stacks.stream()
          .filter(stack -> stack.get(0).normal().dot(plane.normal()) > PARALLEL)
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
}
