package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.stage.Window;
import org.loupe.viewer.export.MovieFile;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.layout.ViewHistory;
import org.loupe.viewer.panel.MoviePanel;
import org.loupe.viewer.panel.SlicesPanel;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;
import org.loupe.viewer.viewport.ZoomPath;

/**
 * Movies of zooms and of slices, from the menu: asks, records the active pane, and leaves it as it
 * was.
 */
final class Movies {

  /** Speed of a movie of the slices. */
  private static final int SLICES_PER_SECOND = 8;

  private final Supplier<ImagePane> active;
  private final PaneLink link;
  private final ViewHistory history;
  private final FileChoosing files;
  private final Consumer<String> say;

  /** What is being recorded; null for nothing. */
  private PaneMovie running;

  /**
   * @param say tells the user what was done or went wrong
   */
  Movies(
      Supplier<ImagePane> active,
      PaneLink link,
      ViewHistory history,
      FileChoosing files,
      Consumer<String> say) {
    this.active = active;
    this.link = link;
    this.history = history;
    this.files = files;
    this.say = say;
  }

  /**
   * The panel that asks what to show of a zoom; null where the active pane is empty, or a movie is
   * being recorded.
   *
   * @param close closes the panel
   */
  MoviePanel panel(Window owner, Runnable close) {
    ImagePane pane = active.get();
    if (pane.seriesProperty().get() == null || running != null) {
      return null;
    }
    history.keep();
    List<ViewState> views = history.of(pane);
    MoviePanel[] panel = new MoviePanel[1];
    panel[0] =
        new MoviePanel(
            views.size(),
            new MoviePanel.Maker() {
              @Override
              public void make(MoviePanel.Choice choice) {
                ask(owner, panel[0], choice, stops(pane, choice, views), close);
              }

              @Override
              public void cancel() {
                giveUp();
              }
            });
    return panel[0];
  }

  /**
   * Asks for a file and begins to write the slices of the active pane into it, each as it looks
   * there.
   *
   * @param close closes the panel
   * @return the panel that tells how far it is; null where nothing has begun
   */
  SlicesPanel slices(Window owner, Runnable close) {
    ImagePane pane = active.get();
    if (pane.seriesProperty().get() == null || running != null) {
      return null;
    }
    Optional<Path> file = files.save(owner, "loupe.mp4");
    if (file.isEmpty()) {
      return null;
    }
    try {
      MovieFile.check(file.get());
    } catch (IOException e) {
      say.accept(Texts.of("export.failed", e.getMessage()));
      return null;
    }
    ViewState now = pane.stateProperty().get();
    List<ViewState> frames =
        IntStream.range(0, pane.seriesProperty().get().volume().depth())
            .mapToObj(now::withSlice)
            .toList();
    SlicesPanel panel = new SlicesPanel(this::giveUp);
    panel.follow(record(new PaneMovie.Wish(frames, SLICES_PER_SECOND, false, file.get()), close));
    return panel;
  }

  private void giveUp() {
    if (running != null) {
      running.cancel();
    }
  }

  private static List<ViewState> stops(
      ImagePane pane, MoviePanel.Choice choice, List<ViewState> views) {
    ViewState now = pane.stateProperty().get();
    return switch (choice.way()) {
      case INTO_VIEW -> List.of(whole(pane), now);
      case TO_FACTOR -> List.of(now, now.withZoom(pane.plane(), choice.factor()));
      case HISTORY -> views;
    };
  }

  /** The whole slice in the pane, with the window of now. */
  static ViewState whole(ImagePane pane) {
    ViewState now = pane.stateProperty().get();
    return ViewState.fit(
        pane.plane(), now.slice(), now.window(), pane.pixelWidth(), pane.pixelHeight());
  }

  private void ask(
      Window owner,
      MoviePanel panel,
      MoviePanel.Choice choice,
      List<ViewState> stops,
      Runnable close) {
    Optional<Path> file = files.save(owner, "loupe.mp4");
    if (file.isEmpty()) {
      return;
    }
    try {
      MovieFile.check(file.get());
    } catch (IOException e) {
      panel.say(e.getMessage());
      return;
    }
    int frames = (int) Math.max(1, Math.round(choice.seconds() * choice.framesPerSecond()));
    panel.follow(
        record(
            new PaneMovie.Wish(
                ZoomPath.along(stops, frames).frames(),
                choice.framesPerSecond(),
                choice.annotated(),
                file.get()),
            close));
  }

  /** Begins, and tells how far it is. */
  private ReadOnlyDoubleProperty record(PaneMovie.Wish wish, Runnable close) {
    ImagePane pane = active.get();
    ViewState before = pane.stateProperty().get();
    boolean fitted = before.equals(whole(pane));
    boolean linked = link.onProperty().get();
    // Only this pane goes the way, and the way is none that the user went.
    link.onProperty().set(false);
    history.setResting(true);
    running = new PaneMovie(pane, wish);
    ReadOnlyDoubleProperty progress = running.progressProperty();
    running.start(
        why -> {
          running = null;
          if (pane.seriesProperty().get() != null) {
            pane.setState(before.withWindow(pane.stateProperty().get().window()));
            if (fitted) {
              pane.fit();
            }
          }
          history.setResting(false);
          link.onProperty().set(linked);
          close.run();
          say.accept(
              why == null
                  ? Texts.of("export.done", wish.file().getFileName())
                  : Texts.of("export.failed", why));
        });
    return progress;
  }
}
