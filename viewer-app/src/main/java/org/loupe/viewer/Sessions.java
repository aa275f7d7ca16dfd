package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.layout.Workspace;
import org.loupe.viewer.prefs.SessionFile;
import org.loupe.viewer.prefs.SessionFile.Session;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.ImagePane;

/** Keeps the session on disk while it goes on, so that a crash loses no more than a moment. */
final class Sessions {

  /** How long a change may stay unwritten. */
  private static final Duration LATEST = Duration.seconds(1);

  private final SessionFile file;
  private final PaneGrid grid;
  private final PaneLink link;
  private final OpenStudies studies;
  private final Workspace.Cutter cutter;
  private final PauseTransition later = new PauseTransition(LATEST);
  private final List<Path> paths = new ArrayList<>();

  /** What is to be looked at once the study has been read; null for nothing. */
  private Workspace waiting;

  /**
   * @param cutter makes again the reformatted series of a session
   */
  Sessions(
      SessionFile file,
      PaneGrid grid,
      PaneLink link,
      OpenStudies studies,
      Workspace.Cutter cutter) {
    this.file = file;
    this.grid = grid;
    this.link = link;
    this.studies = studies;
    this.cutter = cutter;
    later.setOnFinished(e -> write());
    for (ImagePane pane : grid.all()) {
      pane.stateProperty().subscribe(this::soon);
      pane.comparisonProperty().subscribe(this::soon);
    }
    grid.layoutProperty().subscribe(() -> soon());
  }

  private void soon() {
    // Not put off by each change: a long gesture is kept too.
    if (later.getStatus() != javafx.animation.Animation.Status.RUNNING) {
      later.playFromStart();
    }
  }

  /** Something is being opened in addition. */
  void opening(List<Path> more) {
    for (Path path : more) {
      paths.remove(path.toAbsolutePath());
      paths.add(path.toAbsolutePath());
    }
  }

  /** Everything has been closed. */
  void closed() {
    paths.clear();
    waiting = null;
    soon();
  }

  /** The session that a crash left behind; empty where nothing of it is there to be opened. */
  Optional<Session> left() {
    return file.left().filter(s -> !s.there().isEmpty());
  }

  /** Has the opening that has just begun be that of a session which a crash left behind. */
  void restoring(Session left) {
    waiting = left.workspace();
  }

  /** The opening has brought nothing, or was stopped: what is opened next is another one. */
  void nothingCame() {
    if (waiting != null) {
      waiting = null;
      soon();
    }
  }

  /**
   * Where a session is being restored and its study has come, shows what was looked at.
   *
   * @return false where nothing of it was found
   */
  boolean restore() {
    Workspace now = waiting;
    waiting = null;
    return now != null && now.show(grid, link, studies, cutter) != Workspace.Found.NONE;
  }

  /** Writes the session now. */
  void write() {
    if (waiting != null) {
      return; // what was left is still being read
    }
    if (paths.isEmpty()) {
      end();
      return;
    }
    try {
      List<String> names = paths.stream().map(Path::toString).toList();
      file.write(new Session(names, Workspace.of(grid, link, studies)));
    } catch (IOException e) {
      // Without a folder to write to there is no restoring; reading images goes on.
      later.stop();
    }
  }

  /** The application ends in good order. */
  void end() {
    later.stop();
    try {
      file.ended();
    } catch (IOException e) {
      // The next start then restores what was closed: a nuisance, no loss.
      later.stop();
    }
  }
}
