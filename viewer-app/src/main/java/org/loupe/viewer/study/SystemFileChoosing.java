package org.loupe.viewer.study;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  @Override
  public Optional<Path> save(Window owner, String name) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(Texts.of("save.title"));
    chooser.setInitialDirectory(start());
    chooser.setInitialFileName(name);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String[] kinds =
        switch (ending) {
          case "png" -> new String[] {"png", "tif"};
          case "mp4" -> new String[] {"mp4", "gif"};
          default -> new String[] {ending};
        };
    for (String kind : kinds) {
      chooser
          .getExtensionFilters()
          .add(new FileChooser.ExtensionFilter(kind.toUpperCase(Locale.ROOT), "*." + kind));
    }
    File file = chooser.showSaveDialog(owner);
    if (file == null) {
      return Optional.empty();
    }
    last = file.getParentFile();
    return Optional.of(file.toPath());
  }

  /** A folder that exists: the system's dialogs fail otherwise. */
  private File start() {
    return last != null && last.isDirectory() ? last : null;
  }
}
