package org.loupe.viewer.measure;

import java.util.List;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ImagePane;

/** Which measurements lie on the slice of a pane. */
public final class VisibleMeasurements {

  /** Half thickness of a slice that has no neighbours, mm. */
  private static final double ALONE = 2.5;

  private VisibleMeasurements() {}

  /** The measurements that the pane's slice shows. */
  public static List<Measurement> of(Annotations annotations, ImagePane pane) {
    Series series = pane.seriesProperty().get();
    if (series == null) {
      return List.of();
    }
    SlicePlane plane = pane.plane();
    double half = halfGap(series.volume(), pane.stateProperty().get().slice());
    return annotations.all().stream()
        .filter(m -> sees(series, m))
        .filter(m -> m.points().stream().allMatch(p -> Math.abs(plane.distance(p)) <= half))
        .toList();
  }

  /** Whether one of the series' slices may show a measurement: it lies in the same frame. */
  public static boolean sees(Series series, Measurement m) {
    return m.seriesId().equals(series.id())
        || (!m.frameOfReference().isEmpty()
            && m.frameOfReference().equals(series.frameOfReference()));
  }

  private static double halfGap(Volume volume, int slice) {
    double gap = 0;
    for (int k = slice - 1; k <= slice + 1; k += 2) {
      if (k >= 0 && k < volume.depth()) {
        gap = Math.max(gap, Math.abs(volume.plane(slice).distance(volume.plane(k).origin())));
      }
    }
    return gap == 0 ? ALONE : gap / 2 + 1e-6;
  }
}
