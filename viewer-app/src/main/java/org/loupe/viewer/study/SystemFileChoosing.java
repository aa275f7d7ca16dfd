package org.loupe.viewer.study;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.loupe.viewer.Texts;

/** The system's own dialogs. They start where the last one ended. */
public final class SystemFileChoosing implements FileChoosing {

  private File last;

  @Override
  public List<Path> files(Window owner) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(Texts.of("open.filesTitle"));
    chooser.setInitialDirectory(start());
    List<File> files = chooser.showOpenMultipleDialog(owner);
    if (files == null || files.isEmpty()) {
      return List.of();
    }
    last = files.get(0).getParentFile();
    return files.stream().map(File::toPath).toList();
  }

  @Override
  public List<Path> folder(Window owner) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(Texts.of("open.folderTitle"));
    chooser.setInitialDirectory(start());
    File folder = chooser.showDialog(owner);
    if (folder == null) {
      return List.of();
    }
    last = folder;
    return List.of(folder.toPath());
  }

  /** A folder that exists: the system's dialogs fail otherwise. */
  private File start() {
    return last != null && last.isDirectory() ? last : null;
  }
}
