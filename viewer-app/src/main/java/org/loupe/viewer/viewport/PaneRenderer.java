package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.VoiCurve;
import org.loupe.image.Volume;
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

  /** Colour of the files' overlays. */
  private static final int MARK = 0xff7fd1b9;

  private final Screen screen;
  private final SrLayers layers;
  private final PaneSettings settings;
  private final BaseLayer base = new BaseLayer();
  private final BaseLayer acquired = new BaseLayer();
  private final BaseLayer marks = new BaseLayer();
  private final OtherContrast other;
  private final Compositor compositor = new Compositor();

  private Tint tint;
  private SlicePrior tintPrior;
  private View tintArea;
  private Image2 empty;

  /**
   * @param changed called on the FX thread when something that was missing has arrived
   */
  PaneRenderer(Screen screen, SrLayers layers, PaneSettings settings, Runnable changed) {
    this.screen = screen;
    this.layers = layers;
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
    boolean resolved = resolvable && state.zoom(plane) > SR_ABOVE && SrLayers.reach(area);
    layers.want(shot.subject(), geometry, resolved ? area : null, shot.pointer(), shot.active());
    compositor.paint(frame(shot, geometry, area, now), screen.pixels());
    overlay(shot, geometry, area);
    screen.commit();
    return geometry;
  }

  /** Draws the files' own overlays, where texts and marks are drawn at all. */
  private void overlay(Shot shot, PaneGeometry geometry, View area) {
    Volume overlays = shot.series().overlays();
    if (overlays == null || area == null || !settings.annotatedProperty().get()) {
      return;
    }
    Image2 mask = marks.render(overlays.slice(shot.state().slice()), area, Interpolation.NEAREST);
    int left = area.x() - geometry.view().x();
    int top = area.y() - geometry.view().y();
    for (int y = 0; y < area.height(); y++) {
      int to = (top + y) * screen.width() + left;
      for (int x = 0; x < area.width(); x++) {
        if (mask.values()[y * area.width() + x] > 0.5f) {
          screen.pixels()[to + x] = MARK;
        }
      }
    }
  }

  private Compositor.Frame frame(Shot shot, PaneGeometry geometry, View area, long now) {
    Compared compared = Compared.of(settings, layers.resolve());
    Comparison comparison = compared.comparison();
    PicturePair pair = compared.pair();
    Channel first = null;
    Channel second = null;
    Compositor.Map map = null;
    Tint colours = null;
    if (area != null) {
      boolean blink = comparison == Comparison.BLINK && settings.blinkSecondProperty().get();
      Picture shown =
          switch (comparison) {
            case SUPER_RESOLVED -> settings.resolvedProperty().get();
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
        settings.coloursProperty().get().shared(settings.invertedProperty().get()),
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
    VoiCurve curve = shot.series().curve();
    return switch (picture) {
      case ACQUIRED ->
          new Channel(
              acquired.render(shot.slice(), area, Interpolation.NEAREST), List.of(), window, curve);
      case INTERPOLATED -> new Channel(interpolated(shot, area), List.of(), window, curve);
      case RESOLVED, UNGUIDED, OTHER_MODEL ->
          resolved(layers.layer(picture), shot, area, window, now);
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

  /** Super-resolved over interpolated; where nothing of the latter shows, it is not computed. */
  private Channel resolved(SrLayer layer, Shot shot, View area, Window window, long now) {
    List<Patch> patches = new ArrayList<>();
    Patch under = layer.carried(false);
    if (under != null) {
      patches.add(under);
    }
    patches.addAll(layer.patches(now));
    Image2 below = layer.covers(now) ? null : interpolated(shot, area);
    return new Channel(below, patches, window, shot.series().curve());
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
    boolean guidance = kind == Overlay.GUIDANCE;
    SrLayer layer = guidance ? layers.layer(Picture.RESOLVED) : layers.shown();
    List<Patch> patches = new ArrayList<>();
    Patch under = guidance ? null : layer.carried(kind == Overlay.EXPECTED_ERROR);
    if (under != null) {
      patches.add(under);
    }
    patches.addAll(layer.patches(now));
    return new Compositor.Map(
        kind,
        kind == Overlay.ADDED ? interpolated(shot, area) : null,
        patches,
        guidance ? layers.layer(Picture.UNGUIDED).patches(now) : List.of(),
        Ranges.of(kind, shot.state().window()),
        settings.overlayOpacityProperty().get());
  }

  private Tint tint(View area) {
    SlicePrior prior = layers.shown().prior();
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
