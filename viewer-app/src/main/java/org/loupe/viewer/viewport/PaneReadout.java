package org.loupe.viewer.viewport;

import org.loupe.image.DisplayOrientation;
import org.loupe.image.Window;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;

/** Words the state of a pane for its {@link PaneLabels}. */
final class PaneReadout {

  private final PaneLabels labels;

  PaneReadout(PaneLabels labels) {
    this.labels = labels;
  }

  void series(Series series, String patientLines) {
    labels.series(Badge.name(series), patientLines, String.join("\n", series.notes()));
  }

  void clear() {
    labels.series("", "", "");
    bare("");
  }

  /** Nothing but which series and slice this is. */
  void blank(Series series, ViewState view) {
    bare(Texts.of("pane.slice", view.slice() + 1, series.volume().depth(), ""));
  }

  private void bare(String slice) {
    labels.colours(null);
    labels.place(slice, "");
    labels.probe("");
    labels.badge(null);
    labels.orientation("", "", "", "");
    labels.offerPair(null, () -> {});
    labels.offerRetry(false, () -> {});
    labels.legend(false, false);
    labels.scale(0, 1);
  }

  /**
   * @param told what the marks over the image tell of the place of the probe
   */
  void update(
      Series series, ViewState view, PaneGeometry geometry, Badge badge, Probe probe, String told) {
    Window w = view.window();
    labels.place(
        Texts.of("pane.slice", view.slice() + 1, series.volume().depth(), Badge.factor(geometry)),
        Texts.of("pane.window", Badge.number(w.centre()), Badge.number(w.width())));
    labels.badge(badge);
    probe(series, probe, told);
    if (series.placed()) {
      DisplayOrientation.Edges edges = DisplayOrientation.edges(geometry.plane());
      labels.orientation(edges.left(), edges.right(), edges.top(), edges.bottom());
    } else {
      labels.orientation("", "", "", "");
    }
  }

  void probe(Series series, Probe probe, String told) {
    String values = probe == null ? "" : series.placed() ? probe.text() : probe.values();
    labels.probe(told.isEmpty() ? values : values + "\n" + told);
  }

  /**
   * @param mmPerUnit millimetres per unit of the scene
   * @param paneWidth width of the pane in units of the scene
   */
  void scale(Series series, double mmPerUnit, double paneWidth) {
    labels.scale(series.sized() ? mmPerUnit : 0, paneWidth);
  }
}
