package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.loupe.image.Pixel;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;
import org.loupe.study.Series;

/**
 * The super-resolved pictures of one pane: by the chosen model, by the same without the reference,
 * and by another model. Each is asked for only while something on the pane needs it. FX thread.
 */
final class SrLayers {

  private final SrService service;
  private final SrSubjects subjects;
  private final PaneSettings settings;
  private final Map<Picture, SrLayer> layers = new EnumMap<>(Picture.class);
  private final Runnable changed;
  private DoubleConsumer completed = detail -> {};

  /** What the pane needs now. */
  private Set<Picture> asked = Set.of();

  /** Whether the slice is super-resolved with a reference. */
  private boolean guided;

  /** Key of the slice whose neighbours the engine was told of; empty for none. */
  private String expectedFor = "";

  /**
   * @param changed called on the FX thread when the pane should be painted again
   */
  SrLayers(SrService service, SrSubjects subjects, PaneSettings settings, Runnable changed) {
    this.service = service;
    this.subjects = subjects;
    this.settings = settings;
    this.changed = changed;
    layer(Picture.RESOLVED);
  }

  /** The layer of a picture. */
  SrLayer layer(Picture picture) {
    return layers.computeIfAbsent(made(picture), this::make);
  }

  /** Without a reference, or without another model, two pictures are one. */
  private Picture made(Picture picture) {
    boolean same =
        (picture == Picture.UNGUIDED && !guided)
            || (picture == Picture.OTHER_MODEL && service.other() == null);
    return same ? Picture.RESOLVED : picture;
  }

  private SrLayer make(Picture picture) {
    SrLayer made = new SrLayer(service(picture), changed);
    if (picture == Picture.RESOLVED) {
      made.setOnCompleted(detail -> completed.accept(detail));
    }
    return made;
  }

  private SrService service(Picture picture) {
    return picture == Picture.OTHER_MODEL && service.other() != null ? service.other() : service;
  }

  /** The layer of the picture that the pane shows, or compares and maps trust of. */
  SrLayer shown() {
    return layer(settings.resolvedProperty().get());
  }

  /** Whether super-resolved pixels, or what was worked out from them, are on the screen. */
  boolean showResolved() {
    long now = System.nanoTime();
    return settings.wanted().stream()
        .map(this::layer)
        .anyMatch(layer -> layer.carries() || !layer.patches(now).isEmpty());
  }

  /** The model of a picture; null until it is known. */
  ModelInfo model(Picture picture) {
    return service(made(picture)).model().get();
  }

  /**
   * Follows the pane.
   *
   * @param area the visible output pixels that lie on the slice; null for nothing
   * @param pointer lattice position of the pointer; null when it is elsewhere
   */
  void want(
      SrSubjects.Subject subject, PaneGeometry geometry, View area, Pixel pointer, boolean active) {
    if (area == null) {
      none();
      return;
    }
    guided = subject.reference() != null;
    asked = EnumSet.noneOf(Picture.class);
    settings.wanted().forEach(p -> asked.add(made(p)));
    Picture first = made(settings.resolvedProperty().get());
    for (Picture picture : List.of(Picture.RESOLVED, Picture.UNGUIDED, Picture.OTHER_MODEL)) {
      SrLayer layer = asked.contains(picture) ? layer(picture) : layers.get(picture);
      if (layer != null && made(picture) != picture) {
        layer.want(null, false);
      } else if (layer != null) {
        // The picture on the screen comes first; what it is compared with has its turn then.
        boolean now = active && picture == first;
        layer.want(wanted(picture, subject, geometry, area, pointer, now), asked.contains(picture));
      }
    }
  }

  private SrWanted wanted(
      Picture picture,
      SrSubjects.Subject subject,
      PaneGeometry geometry,
      View area,
      Pixel pointer,
      boolean active) {
    // Without a pointer the middle of the pane comes first.
    View pane = geometry.view();
    double x =
        pointer == null ? pane.x() + pane.width() / 2.0 : pointer.column() / area.columnStep();
    double y = pointer == null ? pane.y() + pane.height() / 2.0 : pointer.row() / area.rowStep();
    SrScheduler.Upcoming slice = slice(picture, subject);
    return new SrWanted(slice.sliceKey(), slice.input(), area, x - area.x(), y - area.y(), active);
  }

  /** What the engine is given for a picture of a slice. */
  private SrScheduler.Upcoming slice(Picture picture, SrSubjects.Subject subject) {
    String key = key(service(picture), subject);
    return picture == Picture.UNGUIDED
        ? new SrScheduler.Upcoming(key + " alone", () -> subject.input().get().withoutReference())
        : new SrScheduler.Upcoming(key, subject.input());
  }

  private static String key(SrService service, SrSubjects.Subject subject) {
    return service.key() + " " + subject.key();
  }

  /** Whether a view is not finer than the engine decodes, along either axis. */
  static boolean reach(View view) {
    return Math.min(view.columnStep(), view.rowStep()) >= 1 / SuperResolver.MAX_FACTOR - 1e-9;
  }

  /** Whether there are super-resolved pixels of what is wanted, or some are on their way. */
  boolean resolve() {
    return status().phase() != SrStatus.Phase.OFF;
  }

  /** Identity of what the chosen model makes of a slice. */
  String key(SrSubjects.Subject subject) {
    return key(service, subject);
  }

  /** Wants nothing, and drops what was asked for. */
  void none() {
    asked = Set.of();
    layers.values().forEach(l -> l.want(null, false));
  }

  /** Has the slices on both sides prepared while the user looks at this one. */
  void expectNeighbours(Series series, int slice, SrSubjects.Subject subject) {
    SrLayer layer = layer(Picture.RESOLVED);
    boolean resolved = subject.allowed() && layer.status().phase() == SrStatus.Phase.DONE;
    String key = resolved ? key(subject) : "";
    if (key.equals(expectedFor)) {
      return;
    }
    expectedFor = key;
    List<SrScheduler.Upcoming> next = new ArrayList<>();
    for (int k : new int[] {slice + 1, slice - 1}) {
      if (resolved && k >= 0 && k < series.volume().depth()) {
        SrSubjects.Subject neighbour = subjects.subject(series, k);
        if (neighbour.allowed()) {
          next.add(slice(Picture.RESOLVED, neighbour));
        }
      }
    }
    service.expect(layer, next);
  }

  /** How far everything is that the pane needs: as far as the last of it. */
  SrStatus status() {
    SrStatus worst = shown().status();
    for (Picture picture : asked) {
      SrStatus other = layer(picture).status();
      if (rank(other) > rank(worst)) {
        worst = other;
      }
    }
    return worst;
  }

  private static int rank(SrStatus status) {
    return switch (status.phase()) {
      case OFF -> 0;
      case DONE -> 1;
      case RUNNING -> 2;
      case FAILED -> 3;
    };
  }

  /** Whether a tile of what is needed is fading in. */
  boolean fading(long now) {
    return shown().fading(now) || asked.stream().anyMatch(p -> layer(p).fading(now));
  }

  /** Asks again for what failed. */
  void retry() {
    for (SrLayer layer : layers.values()) {
      if (layer.status().phase() == SrStatus.Phase.FAILED) {
        layer.retry();
      }
    }
  }

  /**
   * @param action hears on the FX thread whenever a view of the chosen model has been computed: of
   *     how many decoded pixels per device pixel along an axis, up to 1
   */
  void setOnCompleted(DoubleConsumer action) {
    completed = action;
  }
}
