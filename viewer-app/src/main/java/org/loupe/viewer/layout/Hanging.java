package org.loupe.viewer.layout;

import java.util.Comparator;
import java.util.List;
import org.loupe.image.Contrast;
import org.loupe.viewer.study.OpenSeries;

/** Which series goes to which pane: T2 first, then what guides it, then the rest. */
public final class Hanging {

  private static final List<Contrast> ORDER =
      List.of(Contrast.T2, Contrast.PD, Contrast.T1, Contrast.FLAIR, Contrast.OTHER);

  private Hanging() {}

  /** The series in the order of the panes; among equals the one with more slices first. */
  public static List<OpenSeries> order(List<OpenSeries> series) {
    return series.stream()
        .sorted(
            Comparator.comparingInt((OpenSeries s) -> ORDER.indexOf(s.series().contrast()))
                .thenComparingInt(s -> -s.series().volume().depth()))
        .toList();
  }
}
