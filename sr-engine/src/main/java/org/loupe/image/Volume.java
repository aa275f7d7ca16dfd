package org.loupe.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A stack of parallel slices of one size, ordered along their common normal ({@link
 * SlicePlane#normal()}) or against it (the array order of a NIfTI file is kept), gaps between them
 * possibly uneven.
 *
 * @param planes where each slice lies, LPS mm
 * @param slices the pixels of each slice, in the units of the series (after rescale); {@link
 *     LazySlices} are read when they are asked for
 */
public record Volume(List<SlicePlane> planes, List<Image2> slices) {

  public Volume {
    planes = List.copyOf(planes);
    boolean lazy = slices instanceof LazySlices;
    slices = lazy ? slices : List.copyOf(slices);
    if (planes.isEmpty() || planes.size() != slices.size()) {
      throw new IllegalArgumentException(planes.size() + " planes, " + slices.size() + " slices");
    }
    for (int k = 0; k < planes.size() && !lazy; k++) {
      SlicePlane p = planes.get(k);
      if (p.columns() != slices.get(k).width() || p.rows() != slices.get(k).height()) {
        throw new IllegalArgumentException("slice " + k + " does not fit its plane");
      }
    }
  }

  public int columns() {
    return planes.get(0).columns();
  }

  public int rows() {
    return planes.get(0).rows();
  }

  /** Number of slices. */
  public int depth() {
    return slices.size();
  }

  public SlicePlane plane(int k) {
    return planes.get(k);
  }

  public Image2 slice(int k) {
    return slices.get(k);
  }

  /** Index of the slice whose plane is nearest to the patient point. */
  public int nearestSlice(Vec3 point) {
    int best = 0;
    for (int k = 1; k < depth(); k++) {
      if (Math.abs(planes.get(k).distance(point)) < Math.abs(planes.get(best).distance(point))) {
        best = k;
      }
    }
    return best;
  }

  /** Indices of the slices that lie, at least in part, within one gap between slices of a plane. */
  public List<Integer> slicesNear(SlicePlane cut) {
    double gap = gaps().stream().mapToDouble(Double::doubleValue).max().orElse(Double.MAX_VALUE);
    List<Integer> near = new ArrayList<>();
    for (int k = 0; k < depth(); k++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int corner = 0; corner < 4; corner++) {
        Vec3 at =
            cut.toPatient(
                (corner & 1) == 0 ? 0 : cut.columns() - 1, corner < 2 ? 0 : cut.rows() - 1);
        double distance = planes.get(k).distance(at);
        low = Math.min(low, distance);
        high = Math.max(high, distance);
      }
      if (low < 0.999 * gap && high > -0.999 * gap) {
        near.add(k);
      }
    }
    return near;
  }

  /** Distances between neighbouring slice planes, mm; empty for one slice. */
  public List<Double> gaps() {
    List<Double> gaps = new ArrayList<>();
    for (int k = 1; k < depth(); k++) {
      gaps.add(Math.abs(planes.get(k - 1).distance(planes.get(k).origin())));
    }
    return gaps;
  }
}
