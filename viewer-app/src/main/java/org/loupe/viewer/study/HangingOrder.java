package org.loupe.viewer.study;

import java.util.Comparator;
import java.util.List;
import org.loupe.image.Contrast;

/** The order of a study's series in the list and in the panes: T2, what guides it, the rest. */
public final class HangingOrder {

  private static final List<Contrast> ORDER =
      List.of(Contrast.T2, Contrast.PD, Contrast.T1, Contrast.FLAIR, Contrast.OTHER);

  private HangingOrder() {}

  /** The series in order; among equals the one with more slices first. */
  public static List<OpenSeries> of(List<OpenSeries> series) {
    return series.stream()
        .sorted(
            Comparator.comparingInt((OpenSeries s) -> ORDER.indexOf(s.series().contrast()))
                .thenComparingInt(s -> -s.series().volume().depth()))
        .toList();
  }
}
