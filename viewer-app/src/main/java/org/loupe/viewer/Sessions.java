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
  private final PauseTransition later = new PauseTransition(LATEST);
  private final List<Path> paths = new ArrayList<>();

  /** What is to be looked at once the study has been read; null for nothing. */
  private Workspace waiting;

  Sessions(SessionFile file, PaneGrid grid, PaneLink link, OpenStudies studies) {
    this.file = file;
    this.grid = grid;
    this.link = link;
    this.studies = studies;
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
    soon();
  }

  /** The session that a crash left behind, to be opened again. */
  Optional<List<Path>> left() {
    Optional<Session> left = file.left().filter(s -> !s.there().isEmpty());
    left.ifPresent(s -> waiting = s.workspace());
    return left.map(Session::there);
  }

  /** Where a session is being restored and its study has come, shows what was looked at. */
  boolean restore() {
    Workspace now = waiting;
    waiting = null;
    return now != null && now.show(grid, link, studies::find);
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
      file.write(new Session(names, Workspace.of(grid, link)));
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
