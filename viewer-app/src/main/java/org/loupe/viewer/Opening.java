package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.concurrent.Task;
import org.loupe.study.Loaded;
import org.loupe.study.Series;
import org.loupe.viewer.prefs.RecentStudies;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.StudyOpener;

/**
 * Brings what is opened to the window: the first images as soon as there are some, the rest as it
 * is read. FX thread.
 */
final class Opening implements StudyOpener.Listener, AutoCloseable {

  /** Takes what was opened beside the series: presentation states and key images. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param restored whether the panes show what a session was looking at
     */
    void opened(Loaded found, boolean restored);
  }

  private final StudyOpener opener = new StudyOpener(this);
  private final OpenStudies studies;
  private final Hanging hanging;
  private final RecentStudies recent;
  private final Milestones milestones;
  private final Consumer<String> say;

  /** Keeps the session and the views' history; given later, as tools need what opens. */
  private Workbench tools;

  private Listener listener = (found, restored) -> {};

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

  /** Says who takes what was opened beside the series: presentation states and key images. */
  void onOpened(Listener next) {
    listener = next;
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
    boolean untouched = untouched();
    boolean first = hung == null;
    hung = null;
    List<OpenSeries> added = studies.add(loaded);
    boolean restored = false;
    if (!added.isEmpty()) {
      say.accept(Texts.of("open.done", added.size()));
      remember(added.get(0));
      if (first) {
        tools.history().clear();
      }
      restored = tools.sessions().restore();
      if (!restored && untouched) {
        hanging.hang(added);
      }
    } else {
      tools.sessions().nothingCame();
      if (loaded.views().isEmpty() && loaded.segmentations().isEmpty()) {
        told(Texts.of(loaded.problems().isEmpty() ? "open.nothing" : "open.nothingReadable"));
      }
    }
    listener.opened(loaded, restored);
  }

  /**
   * Takes what was retrieved, in addition to what is open.
   *
   * @param folder where it is
   * @param first whether nothing else of the retrieval is on the screen: then it is hung, else
   *     empty panes are filled
   * @param more whether other series are on their way: then a pane is left for them
   */
  void retrieved(Path folder, Loaded loaded, boolean first, boolean more) {
    if (!all.contains(folder)) {
      all.add(folder);
    }
    List<OpenSeries> added = studies.addBeside(loaded);
    if (first && !added.isEmpty()) {
      tools.history().clear();
      hanging.hang(added, more);
    } else {
      hanging.fill(added);
    }
    listener.opened(loaded, false);
  }

  @Override
  public void stopped() {
    hung = null;
    studies.abandon();
    tools.sessions().nothingCame();
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

  /** Where the images of series are: their files, or else all that has been opened. */
  List<Path> sources(List<Series> series) {
    return studies.files(series).orElse(List.copyOf(all));
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
