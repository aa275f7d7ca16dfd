package org.loupe.study;

import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;

/**
 * The tissues of a segmentation that was opened with a study: a prior for its series.
 *
 * @param instanceUid SOP Instance UID of the segmentation
 * @param name for the user
 * @param frameOfReference Frame of Reference UID
 * @param labels 0 background, 1 CSF, 2 grey matter, 3 white matter
 */
public record TissueLabels(
    String instanceUid, String name, String frameOfReference, Volume labels) {

  /** How far a single labelled plane reaches, mm. */
  private static final double REACH = 3;

  /** Whether a slice of a series lies among the labelled planes. */
  public boolean cover(Series series, int k) {
    if (frameOfReference.isEmpty() || !frameOfReference.equals(series.frameOfReference())) {
      return false;
    }
    SlicePlane plane = series.volume().plane(k);
    Vec3 middle = plane.centre();
    SlicePlane nearest = labels.plane(labels.nearestSlice(middle));
    double apart =
        labels.depth() == 1 ? REACH : Math.abs(labels.plane(0).distance(labels.plane(1).origin()));
    return Math.abs(nearest.distance(middle)) <= apart;
  }
}
