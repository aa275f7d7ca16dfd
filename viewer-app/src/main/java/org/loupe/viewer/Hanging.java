package org.loupe.viewer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.loupe.image.Window;
import org.loupe.study.Series;
import org.loupe.viewer.layout.HangingProtocol;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.layout.PriorHanging;
import org.loupe.viewer.study.HangingOrder;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;

/** Puts series into panes, as a protocol says or in their usual order. */
final class Hanging {

  private final PaneGrid grid;
  private final PaneLink link;
  private List<HangingProtocol> protocols = List.of();

  Hanging(PaneGrid grid, PaneLink link) {
    this.grid = grid;
    this.link = link;
  }

  /**
   * What the panes show, apart from sizes that follow the window's.
   *
   * @param fitted whether the active pane shows its whole slice
   */
  record Arrangement(PaneLayout layout, List<Shown> panes, boolean fitted) {

    /** The series, slice and window of a pane. */
    record Shown(String series, int slice, Window window) {}
  }

  /** What the panes show now. */
  Arrangement arrangement() {
    List<Arrangement.Shown> panes = new ArrayList<>();
    for (ImagePane pane : grid.visible()) {
      Series series = pane.seriesProperty().get();
      ViewState state = pane.stateProperty().get();
      panes.add(
          series == null
              ? new Arrangement.Shown("", 0, null)
              : new Arrangement.Shown(series.id(), state.slice(), state.window()));
    }
    boolean fitted = grid.activeProperty().get().fitted();
    return new Arrangement(grid.layoutProperty().get(), panes, fitted);
  }

  /** Says something in the active pane, where it shows nothing. */
  void messageWhereEmpty(String sentence) {
    ImagePane active = grid.activeProperty().get();
    if (active.seriesProperty().get() == null) {
      active.message(sentence);
    }
  }

  void setProtocols(List<HangingProtocol> next) {
    protocols = List.copyOf(next);
  }

  /**
   * Hangs what was opened: as the first automatic protocol that fits one of its studies, else in
   * the usual order.
   */
  void hang(List<OpenSeries> added) {
    List<OpenSeries> order = HangingOrder.of(added);
    Map<String, List<OpenSeries>> studies =
        order.stream()
            .collect(
                Collectors.groupingBy(
                    open -> open.study().id(), LinkedHashMap::new, Collectors.toList()));
    for (HangingProtocol protocol : protocols) {
      for (List<OpenSeries> study : studies.values()) {
        if (protocol.automatic() && protocol.fits(study)) {
          hang(protocol, study);
          return;
        }
      }
    }
    inOrder(order);
  }

  /**
   * The same of the first of several series that come one by one.
   *
   * @param more whether others are on their way: then a pane is left for them
   */
  void hang(List<OpenSeries> added, boolean more) {
    PaneLayout before = grid.layoutProperty().get();
    hang(added);
    if (more) {
      grid.show(before == PaneLayout.ONE ? PaneLayout.TWO : before);
    }
  }

  private void inOrder(List<OpenSeries> order) {
    PaneLayout before = grid.layoutProperty().get();
    PaneLayout several = before == PaneLayout.ONE ? PaneLayout.TWO : before;
    grid.show(order.size() == 1 ? PaneLayout.ONE : several);
    List<ImagePane> panes = grid.all();
    panes.forEach(ImagePane::clear);
    grid.activate(panes.get(0));
    for (int i = 0; i < Math.min(panes.size(), order.size()); i++) {
      link.show(panes.get(i), order.get(i).series(), order.get(i).patientLines());
    }
  }

  /** Puts series that no pane shows into empty panes, and leaves the others as they are. */
  void fill(List<OpenSeries> added) {
    List<ImagePane> empty =
        grid.visible().stream().filter(p -> p.seriesProperty().get() == null).toList();
    List<OpenSeries> order = HangingOrder.of(added).stream().filter(o -> !isShown(o)).toList();
    for (int i = 0; i < Math.min(empty.size(), order.size()); i++) {
      link.show(empty.get(i), order.get(i).series(), order.get(i).patientLines());
    }
  }

  private boolean isShown(OpenSeries open) {
    return grid.visible().stream()
        .anyMatch(
            p ->
                p.seriesProperty().get() != null
                    && p.seriesProperty().get().id().equals(open.series().id()));
  }

  /** Hangs the current study over the prior. */
  void hang(PriorHanging priors) {
    put(priors.layout(), priors.series());
  }

  /** Hangs the series of a study as a protocol says; a pane that nothing fits is emptied. */
  void hang(HangingProtocol protocol, List<OpenSeries> series) {
    put(protocol.paneLayout(), protocol.assign(series));
  }

  private void put(PaneLayout layout, List<OpenSeries> assigned) {
    grid.show(layout);
    List<ImagePane> panes = grid.visible();
    for (int i = 0; i < panes.size(); i++) {
      OpenSeries open = i < assigned.size() ? assigned.get(i) : null;
      if (open == null) {
        panes.get(i).clear();
      } else {
        link.show(panes.get(i), open.series(), open.patientLines());
      }
    }
  }
}
