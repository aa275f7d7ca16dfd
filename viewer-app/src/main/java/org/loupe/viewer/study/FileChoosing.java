package org.loupe.viewer.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.Window;

/** How the user is asked for files; an interface because the system's dialogs cannot be tested. */
public interface FileChoosing {

  /** Files to open; empty when the user gave up. */
  List<Path> files(Window owner);

  /** Folders to open; empty when the user gave up. */
  List<Path> folder(Window owner);

  /**
   * A file to write; empty when the user gave up.
   *
   * @param name proposed; its ending is the wanted kind of file
   */
  default Optional<Path> save(Window owner, String name) {
    return Optional.empty();
  }
}
