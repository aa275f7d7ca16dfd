package org.loupe.study;

import java.util.Arrays;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Image2;
import org.loupe.image.PlaneResampler;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;
import org.loupe.sr.SliceInput;

/**
 * What the engine is given of a slice: its neighbours, the reference cut along its plane, and the
 * user's labels. A reference is used only within one frame of reference, or when the user confirmed
 * that the two series are aligned.
 */
public final class Pairing {

  /** A neighbour further away than this many usual gaps is none: slices are missing between. */
  private static final double FARTHEST_NEIGHBOUR = 1.9;

  /** A reference that covers less than this fraction of the slice says too little. */
  private static final double LEAST_COVERAGE = 0.25;

  private Pairing() {}

  /**
   * A slice ready for the engine.
   *
   * @param note why there is no reference although one was asked for, in words for the pane; empty
   *     otherwise
   */
  public record Paired(SliceInput input, String note) {}

  /**
   * Pairs slice {@code k} of the target. Takes some tens of milliseconds: not for the FX thread.
   *
   * @param reference guiding series; null for none
   * @param confirmed whether the user confirmed that the series are aligned
   * @param labels label map in the target's patient coordinates; null for none
   * @param acquired the lattice that the target was measured on; null for its own
   */
  public static Paired pair(
      Series target,
      int k,
      Series reference,
      boolean confirmed,
      Volume labels,
      AcquiredGrid acquired) {
    Volume volume = target.volume();
    SlicePlane plane = volume.plane(k);
    String key = identity(target, k);
    String note = "";
    SliceInput.Reference resliced = null;
    if (reference != null && !confirmed && !target.sharesFrameWith(reference)) {
      note =
          target.frameOfReference().isEmpty() || reference.frameOfReference().isEmpty()
              ? "frame of reference not known"
              : "other frame of reference";
    } else if (reference != null) {
      PlaneResampler.Resliced cut = PlaneResampler.toPlane(reference.volume(), plane);
      if (cut.coverage() < LEAST_COVERAGE) {
        note =
            cut.coverage() == 0
                ? "the reference does not reach this slice"
                : "the reference covers only %.0f %% of this slice".formatted(100 * cut.coverage());
      } else {
        resliced = new SliceInput.Reference(cut.image(), cut.columnRatio(), cut.rowRatio());
      }
    }
    Image2 prior = labels == null ? null : PlaneResampler.nearest(labels, plane);
    if (prior != null) {
      key += "|labels " + Integer.toHexString(Arrays.hashCode(prior.values()));
    }
    SliceInput alone =
        new SliceInput(
            key,
            volume.slice(k),
            neighbour(volume, k, k - 1),
            neighbour(volume, k, k + 1),
            null,
            prior,
            plane.columnSpacing(),
            plane.rowSpacing(),
            target.phaseAxis(),
            acquired);
    if (resliced == null) {
      return new Paired(alone, note);
    }
    SliceInput guided = alone.guidedBy(resliced, key + "|" + reference.id());
    return guided.covered()
        ? new Paired(guided, "")
        : new Paired(alone, "the reference shows only part of this slice");
  }

  /** Identity of a slice's pixels, for caches: another one where its array is turned. */
  public static String identity(Series series, int k) {
    return series.instanceIds().get(k) + axes(series.volume().plane(k));
  }

  /** Identity of a series' lattice, for caches: another one where its array is turned. */
  public static String identity(Series series) {
    return series.id() + axes(series.volume().plane(0));
  }

  /** In full: a hash of two directions is the same after half a turn, which negates both. */
  private static String axes(SlicePlane plane) {
    return " " + plane.columnStep() + " " + plane.rowStep();
  }

  /** The same for a target that was measured on the lattice that it is stored on. */
  public static Paired pair(
      Series target, int k, Series reference, boolean confirmed, Volume labels) {
    return pair(target, k, reference, confirmed, labels, null);
  }

  private static Image2 neighbour(Volume volume, int k, int other) {
    if (other < 0 || other >= volume.depth()) {
      return null;
    }
    double[] gaps = volume.gaps().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    SlicePlane plane = volume.plane(k);
    double gap = Math.abs(plane.distance(volume.plane(other).origin()));
    if (gap > FARTHEST_NEIGHBOUR * gaps[gaps.length / 2]) {
      return null;
    }
    return PlaneResampler.project(volume.slice(other), volume.plane(other), plane);
  }
}
