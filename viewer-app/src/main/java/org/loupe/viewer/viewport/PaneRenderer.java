package org.loupe.viewer.viewport;

import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.View;
import org.loupe.study.Series;

/**
 * Paints a pane: interpolates the slice, follows it with super-resolution, and mixes both into the
 * screen's pixels. It runs within the pulse of the gesture: interpolating and mixing a full screen
 * takes a few milliseconds, so there is no intermediate picture that would have to be replaced.
 */
final class PaneRenderer {

  /** Zoom above which a pane is super-resolved, device pixels per acquired pixel. */
  private static final double SR_ABOVE = 1;

  private final Screen screen;
  private final SrLayer layer;
  private final BaseLayer base = new BaseLayer();
  private final Compositor compositor = new Compositor();

  private Tint tint;
  private SlicePrior tintPrior;
  private View tintArea;

  PaneRenderer(Screen screen, SrLayer layer) {
    this.screen = screen;
    this.layer = layer;
  }

  /**
   * What to paint.
   *
   * @param subject what super-resolving the slice means
   * @param comparison what to show of it
   * @param wipe the divider's place, part of the pane's width
   * @param tintOpacity of the prior's colours; 0 for none
   * @param pointer lattice position of the pointer; null when it is elsewhere
   * @param active whether the user works in this pane
   */
  record Shot(
      Series series,
      ViewState state,
      SrSubjects.Subject subject,
      Comparison comparison,
      double wipe,
      double tintOpacity,
      Pixel pointer,
      boolean active) {}

  /** Paints into the screen, which has its size already, and tells where its pixels lie. */
  PaneGeometry paint(Shot shot, long now) {
    ViewState state = shot.state();
    SlicePlane plane = shot.series().volume().plane(state.slice());
    PaneGeometry geometry = PaneGeometry.of(plane, state, screen.width(), screen.height());
    View area = geometry.onImage();
    boolean resolvable = shot.subject().allowed() && area != null;
    if (resolvable && state.zoom(plane) > SR_ABOVE) {
      layer.want(wanted(shot, geometry, area), shot.comparison() != Comparison.ORIGINAL);
    } else {
      layer.want(null, false);
    }
    Image2 slice = shot.series().volume().slice(state.slice());
    Image2 interpolated = area == null ? null : base.render(slice, area);
    List<Patch> patches = shot.comparison() == Comparison.ORIGINAL ? List.of() : layer.patches(now);
    int from =
        shot.comparison() == Comparison.WIPE
            ? geometry.view().x() + (int) Math.round(shot.wipe() * screen.width())
            : Integer.MIN_VALUE;
    Tint colours = area != null && shot.tintOpacity() > 0 ? tint(area) : null;
    compositor.paint(
        new Compositor.Frame(
            geometry.view(),
            area,
            interpolated,
            patches,
            from,
            state.window(),
            colours,
            shot.tintOpacity()),
        screen.pixels());
    screen.commit();
    return geometry;
  }

  private static SrLayer.Wanted wanted(Shot shot, PaneGeometry geometry, View area) {
    // Without a pointer the middle of the pane comes first.
    double x =
        shot.pointer() == null
            ? geometry.view().x() + geometry.view().width() / 2.0
            : shot.pointer().column() / area.columnStep();
    double y =
        shot.pointer() == null
            ? geometry.view().y() + geometry.view().height() / 2.0
            : shot.pointer().row() / area.rowStep();
    return new SrLayer.Wanted(
        shot.subject().key(),
        shot.subject().input(),
        area,
        x - area.x(),
        y - area.y(),
        shot.active());
  }

  private Tint tint(View area) {
    SlicePrior prior = layer.prior();
    if (prior == null) {
      return null;
    }
    if (!prior.equals(tintPrior) || !area.equals(tintArea)) {
      tint = new Tint(prior, area);
      tintPrior = prior;
      tintArea = area;
    }
    return tint;
  }
}
