package org.loupe.viewer.layout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.image.Contrast;
import org.loupe.study.Series;
import org.loupe.viewer.study.OpenSeries;

/**
 * Which series hang where.
 *
 * @param name for the user
 * @param automatic whether it is taken by itself for a study that has all its contrasts
 * @param layout rows x columns, "2x2"
 * @param panes what each pane shows, row by row
 */
public record HangingProtocol(
    @JsonProperty("name") String name,
    @JsonProperty("automatic") boolean automatic,
    @JsonProperty("layout") String layout,
    @JsonProperty("panes") List<Rule> panes) {

  /**
   * What one pane shows: the first series that fits.
   *
   * @param contrasts wanted contrasts, the best first
   * @param plane AXIAL, CORONAL or SAGITTAL; null for any
   */
  public record Rule(
      @JsonProperty("contrasts") List<Contrast> contrasts, @JsonProperty("plane") Plane plane) {

    public Rule {
      contrasts = List.copyOf(contrasts);
    }

    private Optional<OpenSeries> best(List<OpenSeries> series, List<OpenSeries> taken) {
      for (Contrast contrast : contrasts) {
        for (OpenSeries open : series) {
          Series s = open.series();
          boolean fits =
              s.contrast() == contrast && (plane == null || Plane.of(s.volume().plane(0)) == plane);
          if (fits && !taken.contains(open)) {
            return Optional.of(open);
          }
        }
      }
      return Optional.empty();
    }
  }

  public HangingProtocol {
    panes = List.copyOf(panes);
    if (PaneLayout.of(layout).isEmpty() || panes.isEmpty()) {
      throw new IllegalArgumentException("hanging protocol " + name + " of layout " + layout);
    }
  }

  /** The layout. */
  public PaneLayout paneLayout() {
    return PaneLayout.of(layout).orElseThrow();
  }

  /** The series of each pane; null for a pane that nothing fits. */
  public List<OpenSeries> assign(List<OpenSeries> series) {
    List<OpenSeries> out = new ArrayList<>();
    for (Rule rule : panes) {
      out.add(rule.best(series, out).orElse(null));
    }
    return out;
  }

  /** Whether every pane finds its series. */
  public boolean fits(List<OpenSeries> series) {
    return !assign(series).contains(null);
  }
}
