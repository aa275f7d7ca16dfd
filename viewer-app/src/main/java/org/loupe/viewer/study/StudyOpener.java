package org.loupe.viewer.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.concurrent.Task;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.Texts;

/** Opens paths in the background, one opening at a time; a new one cancels the one before. */
public final class StudyOpener implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("opener").factory());
  private final ReadOnlyObjectWrapper<Task<Loaded>> task =
      new ReadOnlyObjectWrapper<>(this, "task");
  private final Consumer<Loaded> opened;
  private final Consumer<String> failed;

  /**
   * @param opened takes display-oriented series, on the FX thread
   * @param failed takes a sentence for the user, on the FX thread
   */
  public StudyOpener(Consumer<Loaded> opened, Consumer<String> failed) {
    this.opened = opened;
    this.failed = failed;
  }

  /** Starts opening. FX thread. */
  public void open(List<Path> paths) {
    cancel();
    Opening next = new Opening(List.copyOf(paths));
    next.setOnSucceeded(e -> finish(next, () -> opened.accept(next.getValue())));
    next.setOnCancelled(e -> finish(next, () -> {}));
    next.setOnFailed(e -> finish(next, () -> failed.accept(reason(next.getException()))));
    task.set(next);
    thread.execute(next);
  }

  /** Stops what is being opened; what was open stays. */
  public void cancel() {
    if (task.get() != null) {
      task.get().cancel();
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

  /** The loaded series, turned for the screen. */
  public static Loaded oriented(Loaded loaded) {
    List<Study> studies = new ArrayList<>();
    for (Study s : loaded.studies()) {
      List<Series> series = s.series().stream().map(Series::displayOriented).toList();
      studies.add(new Study(s.id(), s.patient(), s.description(), s.date(), series));
    }
    return new Loaded(studies, loaded.problems(), loaded.leftOut());
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
  private static final class Opening extends Task<Loaded> {
    private final List<Path> paths;

    Opening(List<Path> paths) {
      this.paths = paths;
      updateTitle(Texts.of("open.title"));
    }

    @Override
    protected Loaded call() {
      try {
        return oriented(new StudyLoader().load(paths, progress()));
      } catch (CancellationException e) {
        cancel();
        return null;
      }
    }

    private Progress progress() {
      return new Progress() {
        @Override
        public boolean cancelled() {
          return isCancelled();
        }

        @Override
        public void report(int done, int total, String what) {
          updateProgress(total == 0 ? -1 : done, total);
          updateMessage(Texts.of(total == 0 ? "open.looking" : "open.progress", done, total));
        }
      };
    }
  }
}
