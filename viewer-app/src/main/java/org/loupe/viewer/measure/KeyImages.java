package org.loupe.viewer.measure;

import java.util.List;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;

/** Marks slices as key images, shows the mark on their panes and goes from one to the next. */
public final class KeyImages {

  private final Annotations annotations;

  /** Shows the marks on all panes. */
  public KeyImages(PaneGrid grid, Annotations annotations) {
    this.annotations = annotations;
    for (ImagePane pane : grid.all()) {
      annotations.contentProperty().subscribe(() -> show(pane));
      pane.seriesProperty().subscribe(() -> show(pane));
      pane.stateProperty().subscribe(() -> show(pane));
    }
  }

  private void show(ImagePane pane) {
    Series series = pane.seriesProperty().get();
    ViewState state = pane.stateProperty().get();
    // A pane changes its series first, and then its slice.
    boolean whole = series != null && state != null && state.slice() < series.volume().depth();
    pane.mark(whole && isMarked(series, state.slice()) ? Texts.of("pane.keyImage") : "");
  }

  /** Marks the pane's slice, or takes the mark away. */
  public void toggle(ImagePane pane) {
    if (pane.seriesProperty().get() != null) {
      annotations.toggleKeyImage(pane.seriesProperty().get().instanceIds().get(slice(pane)));
    }
  }

  /**
   * Goes to the nearest marked slice of the pane's series in a direction, if there is one.
   *
   * @param direction 1 or -1
   */
  public void go(ImagePane pane, int direction) {
    Series series = pane.seriesProperty().get();
    if (series == null) {
      return;
    }
    int k = slice(pane) + direction;
    while (k >= 0 && k < series.volume().depth() && !isMarked(series, k)) {
      k += direction;
    }
    if (k >= 0 && k < series.volume().depth()) {
      int found = k;
      pane.change(s -> s.withSlice(found));
    }
  }

  private boolean isMarked(Series series, int slice) {
    List<String> marked = annotations.contentProperty().get().keyImages();
    return marked.contains(series.instanceIds().get(slice));
  }

  private static int slice(ImagePane pane) {
    return pane.stateProperty().get().slice();
  }
}
