package org.loupe.viewer.viewport;

import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;

/** Brings a pane to the screen: its image, its badge and texts, and the wipe's divider. */
final class PanePainter {

  /**
   * What is to be painted, besides the settings.
   *
   * @param slice the pixels of the slice
   * @param pointer lattice position of the pointer; null when it is elsewhere
   * @param active whether the user works in this pane
   */
  record Scene(Series series, Image2 slice, ViewState view, Pixel pointer, boolean active) {}

  /**
   * What was painted.
   *
   * @param geometry where its pixels lie
   * @param badge what it says of its pixels
   * @param fading whether a tile is fading in, and the next frame will be another one
   */
  record Painted(PaneGeometry geometry, Badge badge, boolean fading) {}

  private final SrService service;
  private final SrSubjects subjects;
  private final PaneSettings settings;
  private final PaneLabels labels;
  private final WipeDivider divider;
  private final SrLayers layers;
  private final PaneRenderer renderer;
  private final ReferenceWatch watch;
  private final Runnable changed;

  /** When the pane began to lack super-resolved pixels; 0 while it does not. */
  private long lackingSince;

  /**
   * @param changed called on the FX thread when the pane should be painted again
   */
  PanePainter(
      Screen screen,
      SrService service,
      SrSubjects subjects,
      PaneSettings settings,
      PaneLabels labels,
      WipeDivider divider,
      Runnable changed) {
    this.service = service;
    this.subjects = subjects;
    this.settings = settings;
    this.labels = labels;
    this.divider = divider;
    this.changed = changed;
    layers = new SrLayers(service, subjects, settings, changed);
    renderer = new PaneRenderer(screen, layers, settings, changed);
    watch = new ReferenceWatch(changed);
  }

  SrLayers layers() {
    return layers;
  }

  /** Places of the slice on the screen that only the reference shows. */
  ReferenceWatch watch() {
    return watch;
  }

  /**
   * Paints.
   *
   * @param timer hears when all is super-resolved
   */
  Painted paint(Scene scene, PaneTimer timer) {
    long now = System.nanoTime();
    SrSubjects.Subject subject = subjects.subject(scene.series(), scene.view().slice());
    PaneGeometry geometry =
        renderer.paint(
            new PaneRenderer.Shot(
                scene.series(),
                scene.slice(),
                scene.view(),
                subject,
                subjects.other(scene.series(), subject, settings.otherProperty().get()),
                scene.pointer(),
                scene.active()),
            now);
    layers.expectNeighbours(scene.series(), scene.view().slice(), subject);
    time(now, timer);
    watch.follow(layers, subject, geometry, settings);
    Compared compared = Compared.of(settings, layers.resolve());
    divider.setVisible(compared.comparison() == Comparison.WIPE);
    name(compared.pair());
    Badge badge =
        Badge.of(
            geometry,
            subject,
            layers.status(),
            layers.shown().carries(),
            settings,
            layers.model(settings.resolvedProperty().get()),
            layers.model(Picture.OTHER_MODEL));
    label(scene, subject, compared);
    Badge noted = watch.warn(badge).with(settings.noteProperty().get());
    return new Painted(geometry, noted, layers.fading(now));
  }

  private void time(long now, PaneTimer timer) {
    SrStatus.Phase phase = layers.status().phase();
    if (phase == SrStatus.Phase.RUNNING) {
      lackingSince = lackingSince == 0 ? now : lackingSince;
    } else {
      if (phase == SrStatus.Phase.DONE && lackingSince != 0) {
        timer.resolved((now - lackingSince) / 1e6);
      }
      lackingSince = 0;
    }
  }

  private void label(Scene scene, SrSubjects.Subject subject, Compared compared) {
    boolean prior = settings.priorShownProperty().get() && subject.allowed();
    labels.legend(prior, layers.shown().prior() == null);
    labels.colours(Scales.of(settings, compared, scene.view().window()));
    labels.annotated(settings.annotatedProperty().get());
    labels.offerPair(
        subject.unconfirmed() == null ? null : Badge.name(subject.unconfirmed()),
        () -> subjects.confirmPair(scene.series(), subject.unconfirmed()));
    labels.offerRetry(layers.status().phase() == SrStatus.Phase.FAILED, this::retry);
  }

  private void retry() {
    layers.retry();
    changed.run();
  }

  /** Drops what was asked for, because the pane is empty. */
  void clear() {
    layers.none();
    watch.clear();
    lackingSince = 0;
    divider.setVisible(false);
  }

  /** Names what is compared beside the divider. */
  private void name(PicturePair pair) {
    divider.names(name(pair.first()), name(pair.second()));
  }

  private String name(Picture picture) {
    return picture == Picture.OTHER_MODEL
            && service.other() != null
            && layers.model(picture) != null
        ? layers.model(picture).name() + " " + layers.model(picture).version()
        : Texts.of("picture." + picture);
  }
}
