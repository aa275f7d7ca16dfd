package org.loupe.viewer.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.concurrent.Task;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.study.StudyLoader;
import org.loupe.threads.Background;
import org.loupe.viewer.Texts;

/**
 * Opens paths in the background, one opening at a time; a new one cancels the one before. What has
 * been read so far is handed over while the rest is read.
 */
public final class StudyOpener implements AutoCloseable {

  /** Who takes what is opened: display-oriented series. All on the FX thread. */
  public interface Listener {

    /** There is so much by now; series that have not grown are the same as the last time. */
    void growing(Loaded soFar);

    /** Everything is there. */
    void opened(Loaded loaded);

    /** The opening was cancelled: what was handed over of it may lack slices. */
    void stopped();

    /** Nothing could be opened; what was handed over may lack slices. */
    void failed(String sentence);
  }

  private final ExecutorService thread = Background.single("opener");
  private final ReadOnlyObjectWrapper<Task<Loaded>> task =
      new ReadOnlyObjectWrapper<>(this, "task");
  private final Listener listener;

  /** The latest opening, in progress or done. FX thread. */
  private Opening latest;

  public StudyOpener(Listener listener) {
    this.listener = listener;
  }

  /** Starts opening. FX thread. */
  public void open(List<Path> paths) {
    stop();
    Opening next = new Opening(List.copyOf(paths));
    next.setOnSucceeded(
        e -> {
          finish(next, () -> listener.opened(next.getValue()));
          readAhead(next);
        });
    next.setOnCancelled(e -> finish(next, listener::stopped));
    next.setOnFailed(e -> finish(next, () -> listener.failed(reason(next.getException()))));
    latest = next;
    task.set(next);
    thread.execute(next);
  }

  /** Stops what is being opened; what was open stays. FX thread. */
  public void cancel() {
    if (latest != null) {
      latest.over = true;
    }
    if (task.get() != null) {
      task.get().cancel();
    }
  }

  /** Cancels at once, for another opening or the end. */
  private void stop() {
    if (latest != null) {
      latest.over = true;
    }
    Task<Loaded> going = task.get();
    if (going != null) {
      task.set(null);
      going.cancel();
      listener.stopped();
    }
  }

  /** The opening in progress; null when there is none. */
  public ReadOnlyObjectProperty<Task<Loaded>> taskProperty() {
    return task.getReadOnlyProperty();
  }

  private void finish(Opening done, Runnable then) {
    if (task.get() == done) {
      task.set(null);
      then.run();
    }
  }

  /** Reads pixels in the background before they are scrolled to, where they fit into memory. */
  private void readAhead(Opening opened) {
    if (!thread.isShutdown()) {
      BooleanSupplier over = () -> opened.over;
      List<Series> series = opened.getValue().allSeries();
      thread.execute(() -> StudyLoader.readAhead(series, over));
    }
  }

  /** The loaded series, turned for the screen. */
  public static Loaded oriented(Loaded loaded) {
    return oriented(loaded, new IdentityHashMap<>());
  }

  /**
   * The same for what comes in several goes.
   *
   * @param turned series that have been turned already, and into what
   */
  private static Loaded oriented(Loaded loaded, IdentityHashMap<Series, Series> turned) {
    List<Study> studies = new ArrayList<>();
    for (Study s : loaded.studies()) {
      List<Series> series = new ArrayList<>();
      for (Series one : s.series()) {
        series.add(turned.computeIfAbsent(one, Series::displayOriented));
      }
      studies.add(new Study(s.id(), s.patient(), s.description(), s.date(), series));
    }
    return loaded.withStudies(studies);
  }

  private static String reason(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return Texts.of("open.memory");
    }
    return Texts.of("open.failed", e.getMessage() == null ? e.toString() : e.getMessage());
  }

  @Override
  public void close() {
    cancel();
    thread.shutdownNow();
  }

  /** One opening. */
  private final class Opening extends Task<Loaded> {
    private final List<Path> paths;
    private final IdentityHashMap<Series, Series> turned = new IdentityHashMap<>();

    /** What waits to be handed over; null for nothing. */
    private final AtomicReference<Loaded> waiting = new AtomicReference<>();

    /** Another opening has taken its place. */
    private volatile boolean over;

    Opening(List<Path> paths) {
      this.paths = paths;
      updateTitle(Texts.of("open.title"));
    }

    @Override
    protected Loaded call() {
      try {
        return oriented(new StudyLoader().open(paths, progress(), this::soFar), turned);
      } catch (CancellationException e) {
        cancel();
        return null;
      }
    }

    /** On the opener's thread: a window that is busy takes only the latest. */
    private void soFar(Loaded loaded) {
      if (waiting.getAndSet(oriented(loaded, turned)) == null) {
        Platform.runLater(
            () -> {
              Loaded now = waiting.getAndSet(null);
              if (task.get() == this) {
                listener.growing(now);
              }
            });
      }
    }

    private Progress progress() {
      return Progress.of(
          this::isCancelled,
          (done, total, what) -> {
            updateProgress(total == 0 ? -1 : done, total);
            updateMessage(Texts.of(total == 0 ? "open.looking" : "open.progress", done, total));
          });
    }
  }
}
