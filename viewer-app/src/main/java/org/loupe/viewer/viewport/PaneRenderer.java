package org.loupe.viewer.viewport;

import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Window;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.View;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.Compositor.Channel;
import org.loupe.viewer.viewport.Compositor.Mix;

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
  private final PaneSettings settings;
  private final BaseLayer base = new BaseLayer();
  private final BaseLayer acquired = new BaseLayer();
  private final OtherContrast other;
  private final Compositor compositor = new Compositor();

  private Tint tint;
  private SlicePrior tintPrior;
  private View tintArea;
  private Image2 empty;

  /**
   * @param changed called on the FX thread when something that was missing has arrived
   */
  PaneRenderer(Screen screen, SrLayer layer, PaneSettings settings, Runnable changed) {
    this.screen = screen;
    this.layer = layer;
    this.settings = settings;
    other = new OtherContrast(changed);
  }

  /**
   * What to paint, besides the settings.
   *
   * @param slice the pixels of the slice
   * @param subject what super-resolving the slice means
   * @param other the series of {@link Picture#OTHER}; null where there is none
   * @param pointer lattice position of the pointer; null when it is elsewhere
   * @param active whether the user works in this pane
   */
  record Shot(
      Series series,
      Image2 slice,
      ViewState state,
      SrSubjects.Subject subject,
      Series other,
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
      layer.want(wanted(shot, geometry, area), settings.wantsResolved());
    } else {
      layer.want(null, false);
    }
    compositor.paint(frame(shot, geometry, area, now), screen.pixels());
    screen.commit();
    return geometry;
  }

  private Compositor.Frame frame(Shot shot, PaneGeometry geometry, View area, long now) {
    Comparison comparison = settings.comparisonProperty().get();
    PicturePair pair = settings.pairProperty().get();
    Channel first = null;
    Channel second = null;
    Compositor.Map map = null;
    Tint colours = null;
    if (area != null) {
      boolean blink = comparison == Comparison.BLINK && settings.blinkSecondProperty().get();
      Picture shown =
          switch (comparison) {
            case SUPER_RESOLVED -> Picture.RESOLVED;
            case ORIGINAL -> Picture.INTERPOLATED;
            case WIPE, BLINK, DIFFERENCE -> blink ? pair.second() : pair.first();
          };
      first = channel(shown, shot, geometry, area, now);
      if (mix(comparison) != Mix.FIRST) {
        second = channel(pair.second(), shot, geometry, area, now);
      }
      if (settings.overlayProperty().get() != Overlay.NONE) {
        map = map(shot, area, now);
      }
      if (settings.priorShownProperty().get() && shot.subject().allowed()) {
        colours = tint(area);
      }
    }
    return new Compositor.Frame(
        geometry.view(),
        area,
        first,
        second,
        mix(comparison),
        settings.splitProperty().get(),
        Ranges.difference(shot.state().window(), pair),
        pair.has(Picture.OTHER),
        settings.coloursProperty().get().table(settings.invertedProperty().get()),
        colours,
        settings.priorOpacityProperty().get(),
        map);
  }

  private static Mix mix(Comparison comparison) {
    return switch (comparison) {
      case WIPE -> Mix.SPLIT;
      case DIFFERENCE -> Mix.DIFFERENCE;
      case SUPER_RESOLVED, ORIGINAL, BLINK -> Mix.FIRST;
    };
  }

  private Channel channel(Picture picture, Shot shot, PaneGeometry geometry, View area, long now) {
    Window window = shot.state().window();
    return switch (picture) {
      case ACQUIRED ->
          new Channel(
              acquired.render(shot.slice(), area, Interpolation.NEAREST), List.of(), window);
      case INTERPOLATED -> new Channel(interpolated(shot, area), List.of(), window);
      case RESOLVED -> new Channel(interpolated(shot, area), layer.patches(now), window);
      case OTHER -> {
        Image2 image =
            shot.other() == null
                ? null
                : other.render(
                    shot.other(), geometry.plane(), area, settings.kernelProperty().get());
        Window own = shot.other() == null ? window : WindowCache.of(shot.other());
        yield new Channel(image == null ? empty(area) : image, List.of(), own);
      }
    };
  }

  private Image2 interpolated(Shot shot, View area) {
    return base.render(shot.slice(), area, settings.kernelProperty().get());
  }

  private Image2 empty(View area) {
    if (empty == null || empty.width() != area.width() || empty.height() != area.height()) {
      empty = new Image2(area.width(), area.height());
    }
    return empty;
  }

  private Compositor.Map map(Shot shot, View area, long now) {
    Overlay kind = settings.overlayProperty().get();
    return new Compositor.Map(
        kind,
        interpolated(shot, area),
        layer.patches(now),
        Ranges.of(kind, shot.state().window()),
        settings.overlayOpacityProperty().get());
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
