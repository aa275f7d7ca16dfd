package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.concurrent.Task;
import org.loupe.study.Loaded;
import org.loupe.viewer.prefs.RecentStudies;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.StudyOpener;

/**
 * Brings what is opened to the window: the first images as soon as there are some, the rest as it
 * is read. FX thread.
 */
final class Opening implements StudyOpener.Listener, AutoCloseable {

  private final StudyOpener opener = new StudyOpener(this);
  private final OpenStudies studies;
  private final Hanging hanging;
  private final RecentStudies recent;
  private final Milestones milestones;
  private final Consumer<String> say;

  /** Keeps the session and the views' history; given later, as tools need what opens. */
  private Workbench tools;

  private Consumer<List<Path>> read = opened -> {};

  /** What is being opened. */
  private List<Path> paths = List.of();

  /** What has been opened, the latest last. */
  private final List<Path> all = new ArrayList<>();

  /** How the series so far were hung; null while there are none. */
  private Hanging.Arrangement hung;

  /**
   * @param say tells the user something
   */
  Opening(
      OpenStudies studies,
      Hanging hanging,
      RecentStudies recent,
      Milestones milestones,
      Consumer<String> say) {
    this.studies = studies;
    this.hanging = hanging;
    this.recent = recent;
    this.milestones = milestones;
    this.say = say;
  }

  void setTools(Workbench bench) {
    tools = bench;
  }

  /** Says who hears of paths once their series are on the screen, or once there are none. */
  void whenRead(Consumer<List<Path>> listener) {
    read = listener;
  }

  /** Opens files, folders and archives in the background, in addition to what is open. */
  void open(List<Path> next) {
    if (!next.isEmpty()) {
      paths = List.copyOf(next);
      all.addAll(next);
      tools.sessions().opening(next);
      opener.open(next);
    }
  }

  @Override
  public void growing(Loaded soFar) {
    boolean first = hung == null;
    boolean untouched = untouched();
    List<OpenSeries> now = studies.grow(soFar);
    if (now.isEmpty()) {
      return;
    }
    if (first) {
      tools.history().clear();
      hanging.hang(now);
    }
    if (untouched) {
      hung = hanging.arrangement();
    }
  }

  /** Whether the user has not moved on from what was hung while the rest was read. */
  private boolean untouched() {
    return hung == null || hung.equals(hanging.arrangement());
  }

  @Override
  public void opened(Loaded loaded) {
    milestones.pass("study loaded");
    read.accept(paths);
    boolean untouched = untouched();
    boolean first = hung == null;
    hung = null;
    List<OpenSeries> added = studies.add(loaded);
    if (added.isEmpty()) {
      told(Texts.of(loaded.problems().isEmpty() ? "open.nothing" : "open.nothingReadable"));
      return;
    }
    say.accept(Texts.of("open.done", added.size()));
    remember(added.get(0));
    if (first) {
      tools.history().clear();
    }
    if (!tools.sessions().restore() && untouched) {
      hanging.hang(added);
    }
  }

  @Override
  public void stopped() {
    hung = null;
    studies.abandon();
  }

  @Override
  public void failed(String sentence) {
    stopped();
    told(sentence);
  }

  private void told(String sentence) {
    say.accept(sentence);
    hanging.messageWhereEmpty(sentence);
  }

  private void remember(OpenSeries first) {
    if (paths.isEmpty()) {
      return;
    }
    try {
      List<String> names = paths.stream().map(p -> p.toAbsolutePath().toString()).toList();
      recent.add(new RecentStudies.Entry(names, first.study().description(), first.study().date()));
    } catch (IOException e) {
      say.accept(Texts.of("recent.unwritable", e.getMessage()));
    }
  }

  /** Stops what is being opened and forgets what was. */
  void closed() {
    opener.cancel();
    all.clear();
  }

  /** Counts a folder among what has been opened. */
  void also(Path folder) {
    if (!all.contains(folder)) {
      all.add(folder);
    }
  }

  /** What has been opened, the latest last. */
  List<Path> paths() {
    return all;
  }

  /** The opening in progress; null when there is none. */
  ReadOnlyObjectProperty<? extends Task<?>> taskProperty() {
    return opener.taskProperty();
  }

  @Override
  public void close() {
    opener.close();
  }
}
