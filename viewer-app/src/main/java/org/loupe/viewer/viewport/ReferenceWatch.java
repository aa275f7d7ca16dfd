package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javafx.application.Platform;
import org.loupe.sr.ReferenceOnly;
import org.loupe.sr.View;
import org.loupe.threads.Background;
import org.loupe.viewer.Texts;

/**
 * Looks for places of a pane that only the reference shows, in the background, once the results
 * with and without the reference are there. FX thread, except for the search itself.
 */
final class ReferenceWatch {

  private static final ExecutorService THREAD = Background.single("reference-watch");

  /** What a search is for. */
  private record Question(String slice, View area) {}

  private final Runnable changed;
  private Question asked;
  private List<ReferenceOnly.Place> places;
  private boolean busy;

  /**
   * @param changed called on the FX thread when a search has ended
   */
  ReferenceWatch(Runnable changed) {
    this.changed = changed;
  }

  /** Follows the pane: searches where it has come to rest, forgets what is past. */
  void follow(
      SrLayers layers, SrSubjects.Subject subject, PaneGeometry geometry, PaneSettings settings) {
    boolean on = settings.referenceWatchedProperty().get() && settings.wantsResolved();
    View area = geometry.onImage();
    if (!on || subject.reference() == null || area == null) {
      clear();
      return;
    }
    Question now = new Question(layers.key(subject), area);
    if (now.equals(asked)) {
      return;
    }
    clear();
    Assembled unguided = layers.layer(Picture.UNGUIDED).assembled();
    Assembled guided = unguided == null ? null : layers.layer(Picture.RESOLVED).assembled();
    if (guided == null || !guided.view().equals(unguided.view())) {
      return;
    }
    asked = now;
    busy = true;
    THREAD.execute(
        () -> {
          List<ReferenceOnly.Place> found =
              ReferenceOnly.find(
                  subject.input().get(),
                  guided.view(),
                  guided.values(),
                  unguided.values(),
                  guided.expectedError());
          Platform.runLater(() -> take(now, found));
        });
  }

  private void take(Question of, List<ReferenceOnly.Place> found) {
    if (of.equals(asked)) {
      places = found;
      busy = false;
      changed.run();
    }
  }

  void clear() {
    asked = null;
    places = null;
    busy = false;
  }

  /** Whether a search is under way. */
  boolean busy() {
    return busy;
  }

  /** What was found; null where nothing is looked for, or not yet. */
  List<ReferenceOnly.Place> places() {
    return places;
  }

  /** The badge with what was found. */
  Badge warn(Badge badge) {
    if (places == null) {
      return badge;
    }
    List<String> lines = new ArrayList<>(badge.lines());
    lines.add(
        places.isEmpty()
            ? Texts.of("badge.referenceOnlyNone")
            : Texts.of("badge.referenceOnly", places.size()));
    return new Badge(badge.tone(), badge.headline(), lines);
  }
}
