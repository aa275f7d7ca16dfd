package org.loupe.viewer;

import java.util.List;
import java.util.Optional;
import org.loupe.image.Interpolation;
import org.loupe.image.Vec3;
import org.loupe.study.Series;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.PicturePair;

/** Shows the two pictures that a pane compares in two linked panes. */
final class SideBySide {

  private final PaneGrid grid;
  private final PaneLink link;
  private final OpenStudies studies;

  SideBySide(PaneGrid grid, PaneLink link, OpenStudies studies) {
    this.grid = grid;
    this.link = link;
    this.studies = studies;
  }

  /** The first picture goes to the active pane, the second one to the pane after it. */
  void show() {
    ImagePane left = grid.activeProperty().get();
    Series series = left.seriesProperty().get();
    if (series == null) {
      return;
    }
    PaneLayout before = grid.layoutProperty().get();
    grid.show(before == PaneLayout.ONE ? PaneLayout.TWO : before);
    List<ImagePane> visible = grid.visible();
    ImagePane right = visible.get((visible.indexOf(left) + 1) % visible.size());
    PicturePair pair = left.settings().pairProperty().get();
    link.onProperty().set(true);
    Vec3 across = left.plane().columnStep().unit();
    Vec3 down = left.plane().rowStep().unit();
    place(left, series, pair.first(), left, across, down);
    place(right, series, pair.second(), left, across, down);
    link.align();
  }

  /**
   * A pane that shows the series already keeps its place and its window.
   *
   * @param across direction in the patient that lies to the right on the screen, unit vector
   * @param down the same for down
   */
  private void place(
      ImagePane pane, Series series, Picture picture, ImagePane asked, Vec3 across, Vec3 down) {
    Series shown = picture == Picture.OTHER ? other(series, asked) : series;
    Optional<OpenSeries> open = studies.find(shown.id());
    if (open.isEmpty()) {
      return;
    }
    Series before = pane.seriesProperty().get();
    boolean there = before != null && before.id().equals(shown.id());
    if (!there) {
      link.show(pane, open.get().series(), open.get().patientLines());
    }
    if (!there || pane != asked) {
      pane.turn(across, down);
    }
    if (picture == Picture.ACQUIRED) {
      pane.settings().kernelProperty().set(Interpolation.NEAREST);
    } else if (picture == Picture.INTERPOLATED
        && pane.settings().kernelProperty().get() == Interpolation.NEAREST) {
      pane.settings().kernelProperty().set(Interpolation.BICUBIC);
    }
    if (picture.isResolved()) {
      pane.settings().resolvedProperty().set(picture);
    }
    pane.comparisonProperty()
        .set(picture.isResolved() ? Comparison.SUPER_RESOLVED : Comparison.ORIGINAL);
  }

  private Series other(Series series, ImagePane pane) {
    int slice = pane.stateProperty().get().slice();
    Series guide =
        studies.other(
            series, studies.subject(series, slice), pane.settings().otherProperty().get());
    return guide == null ? series : guide;
  }
}
