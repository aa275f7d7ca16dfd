package org.loupe.viewer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.loupe.viewer.panel.AboutPanel;
import org.loupe.viewer.panel.ShortcutSheet;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.tool.Command;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.Picture;

/** Every command of the viewer with its keys. */
final class ViewerCommands {

  private final MainWindow window;
  private final CommandList list;

  ViewerCommands(MainWindow window, FileChoosing files, Runnable quit) {
    this.window = window;
    list = new CommandList(window::active);
    files(files);
    PaneCommands.to(list, () -> window.toolBar().editZoom());
    MeasureCommands.to(list, window.tools());
    list.add("compare", "sideBySide", () -> window.tools().sideBySide().show(), "V");
    LayoutCommands.to(list, window);
    ToolCommands.to(list, window, files);
    // Last of its menu.
    list.add("file", "quit", quit, "Shortcut+Q");
    help();
  }

  List<Command> all() {
    return list.all();
  }

  private void files(FileChoosing files) {
    list.add("file", "openFiles", () -> window.open(files.files(window.stage())), "Shortcut+O");
    list.add(
        "file", "openFolder", () -> window.open(files.folder(window.stage())), "Shortcut+Shift+O");
    list.add("file", "recent", () -> window.showRecent(), "Shortcut+R");
    list.add("file", "pacs", () -> window.pacs().show(), "Shortcut+D");
    list.add("file", "pacsServers", () -> window.pacs().showServers());
    list.add("file", "openDemo", this::openDemo);
    list.add("file", "close", window::closeStudies, "Shortcut+W");
  }

  private void openDemo() {
    demo().ifPresent(path -> window.open(List.of(path)));
  }

  /** The study that ships with the application. */
  static java.util.Optional<Path> demo() {
    Path path = Path.of(System.getProperty("loupe.home", "."), "assets", "demo", "study");
    return Files.isDirectory(path) ? java.util.Optional.of(path) : java.util.Optional.empty();
  }

  private void help() {
    list.add("help", "shortcuts", () -> window.sheet(new ShortcutSheet(window.commands())), "F1");
    list.add("help", "tour", window.tour()::toggle, "F9");
    list.add("help", "about", () -> window.sheet(new AboutPanel()));
    list.add("help", "escape", this::escape, "Esc");
  }

  /** Out of whatever is on: the sheet, else the wipe and the prior of the active pane. */
  private void escape() {
    if (window.closeSheet()) {
      return;
    }
    if (window.tour().running()) {
      window.tour().end();
      return;
    }
    if (!window.tools().endModes()) {
      ImagePane pane = window.active();
      pane.settings().priorShownProperty().set(false);
      pane.settings().overlayProperty().set(Overlay.NONE);
      pane.settings().resolvedProperty().set(Picture.RESOLVED);
      pane.comparisonProperty().set(Comparison.SUPER_RESOLVED);
      window.grid().activate(pane);
    }
  }
}
