package org.loupe.viewer;

import org.loupe.viewer.layout.CrossReferences;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.layout.ViewHistory;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.KeyImages;
import org.loupe.viewer.measure.MeasureTools;
import org.loupe.viewer.prefs.SessionFile;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.segment.SegmentLayer;
import org.loupe.viewer.segment.Segmentations;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.ReferenceMarks;
import org.loupe.viewer.viewport.SrService;

/** The tools that work on the panes of a window. */
record Workbench(
    Segmentations segmentations,
    Annotations annotations,
    MeasureTools measures,
    KeyImages keyImages,
    CrossReferences crossReferences,
    SideBySide sideBySide,
    Reformatting reformatting,
    Lenses lenses,
    Cine cine,
    ViewHistory history,
    Exporting exporting,
    Movies movies,
    Sessions sessions) {

  /** Speed of cine at its start. */
  private static final double SLICES_PER_SECOND = 8;

  /**
   * Lays the tools over the panes; later ones lie over earlier ones.
   *
   * @param say tells the user what was done or went wrong
   */
  static Workbench on(
      PaneGrid grid,
      PaneLink link,
      OpenStudies studies,
      SrService sr,
      FileChoosing files,
      UserFolder folder,
      java.util.function.Consumer<String> say) {
    Segmentations segmentations = new Segmentations(studies::add);
    SegmentLayer.on(grid.all(), segmentations);
    Annotations annotations = new Annotations();
    grid.all().forEach(pane -> pane.decorate(new ReferenceMarks(pane)));
    // Before the measures: where a click sets the crosshair, it takes hold of no measurement.
    CrossReferences references = new CrossReferences(grid, link);
    Lenses lenses = new Lenses(grid.all(), sr, studies);
    ViewHistory history = new ViewHistory(grid, link);
    MeasureTools measures = new MeasureTools(grid, annotations);
    references.otherToolProperty().bind(measures.kindProperty().isNotNull());
    Reformatting reformatting = new Reformatting(studies, link, say);
    return new Workbench(
        segmentations,
        annotations,
        measures,
        new KeyImages(grid, annotations),
        references,
        new SideBySide(grid, link, studies),
        reformatting,
        lenses,
        new Cine(() -> grid.activeProperty().get(), SLICES_PER_SECOND),
        history,
        new Exporting(() -> grid.activeProperty().get(), files, say),
        new Movies(() -> grid.activeProperty().get(), link, history, files, say),
        new Sessions(
            new SessionFile(folder.resolve("session.json")), grid, link, studies, reformatting));
  }

  /** Leaves drawing, cine, crosshair and lens; false when none of them was on. */
  boolean endModes() {
    if (measures.cancel()) {
      return true;
    }
    boolean any = cine.running() || crossReferences.crosshairProperty().get() || lenses.isOn();
    cine.stop();
    crossReferences.crosshairProperty().set(false);
    lenses.off();
    return any;
  }

  /** All studies have been closed. */
  void studiesClosed() {
    cine.stop();
    segmentations.clear();
    history.clear();
    sessions.closed();
  }

  /** Ends background work. */
  void close() {
    cine.stop();
    segmentations.close();
    reformatting.close();
  }
}
