package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.Window;
import org.loupe.viewer.layout.Workspace;
import org.loupe.viewer.panel.ExportPanel;
import org.loupe.viewer.panel.MoviePanel;
import org.loupe.viewer.panel.PreferencesPanel;
import org.loupe.viewer.panel.SlicesPanel;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;

/** Keys and menu items for pictures, cine, lenses, places and panels. */
final class ToolCommands {

  private final MainWindow window;
  private final FileChoosing files;

  private ToolCommands(MainWindow window, FileChoosing files) {
    this.window = window;
    this.files = files;
  }

  static void to(CommandList list, MainWindow window, FileChoosing files) {
    ToolCommands tools = new ToolCommands(window, files);
    tools.pictures(list);
    tools.places(list);
    list.add("place", "cine", window.tools().cine()::toggle, "Y");
    list.add("place", "cineFaster", () -> window.tools().cine().faster(2));
    list.add("place", "cineSlower", () -> window.tools().cine().faster(0.5));
    list.add("place", "lens", window.tools().lenses()::toggleMagnifier, "G");
    list.add("place", "lensSr", window.tools().lenses()::toggleResolved, "Shift+G");
    list.add(
        "place",
        "navigator",
        () -> PaneActions.toggle(window.tools().lenses().navigatorProperty()));
    list.add("panel", "panel.measurements", () -> window.panels().toggle("measurements"), "F5");
    list.add("panel", "panel.segments", () -> window.panels().toggle("segments"), "Shift+J");
    list.add("panel", "panel.model", () -> window.panels().toggle("model"), "F6");
    list.add("panel", "panel.tags", () -> window.panels().toggle("tags"), "F7");
    list.add("panel", "panel.performance", () -> window.panels().toggle("performance"), "F8");
    list.add("compare", "referenceOnly", window::toggleReferenceWatch, "Shift+U");
    list.add(
        "file",
        "preferences",
        () ->
            window.sheet(
                new PreferencesPanel(
                    window.preferences(),
                    window.commands(),
                    window::setPreferences,
                    window::showDevices,
                    () -> window.pacs().showServers())));
    list.add("file", "devices", window::showDevices);
  }

  private Window stage() {
    return window.stage();
  }

  private void pictures(CommandList list) {
    list.add(
        "picture", "export", () -> window.tools().exporting().toFile(stage(), true), "Shortcut+E");
    list.add(
        "picture",
        "exportPlain",
        () -> window.tools().exporting().toFile(stage(), false),
        "Shortcut+Shift+E");
    list.add(
        "picture",
        "copyPicture",
        () -> window.tools().exporting().toClipboard(true),
        "Shortcut+Shift+C");
    list.add("picture", "exportSeries", this::exportSeries);
    list.add(
        "picture",
        "exportViews",
        () -> window.dicom().views(stage(), window.grid().visible()),
        "Shortcut+Shift+S");
    list.add("picture", "exportAnnotations", () -> window.dicom().annotations(stage()));
    list.add("picture", "movie", this::slicesMovie);
    list.add("picture", "zoomMovie", this::zoomMovie, "Shortcut+M");
  }

  private void slicesMovie() {
    // What runs through the slices by itself would disturb the recording.
    window.tools().cine().stop();
    SlicesPanel panel = window.tools().movies().slices(stage(), window::closeSheet);
    if (panel != null) {
      window.sheet(panel);
    }
  }

  private void zoomMovie() {
    window.tools().cine().stop();
    MoviePanel panel = window.tools().movies().panel(stage(), window::closeSheet);
    if (panel != null) {
      window.sheet(panel);
    }
  }

  private void exportSeries() {
    ImagePane pane = window.active();
    String obstacle = window.dicom().obstacle(pane);
    if (!obstacle.isEmpty()) {
      window.say(Texts.of("export.failed", obstacle));
      return;
    }
    window.sheet(
        new ExportPanel(
            pane.seriesProperty().get().description(),
            DicomExporting.scale(pane),
            choice -> {
              window.closeSheet();
              window.dicom().series(stage(), pane, choice);
            }));
  }

  private void places(CommandList list) {
    list.add("place", "back", window.tools().history()::back, "Shortcut+Left");
    list.add("place", "forward", window.tools().history()::forward, "Shortcut+Right");
    list.add("place", "saveView", this::saveView, "Shortcut+B");
    list.add("place", "storedView", window.savedViews()::next, "Shift+V");
    list.add("place", "storedDrawings", window.savedViews()::toggleDrawings);
    list.add("place", "openView", this::openView, "Shortcut+Shift+B");
  }

  private void saveView() {
    Optional<Path> file = files.save(stage(), "view.json");
    if (file.isPresent()) {
      try {
        Workspace.of(window.grid(), window.link(), window.studies()).write(file.get());
        window.say(Texts.of("export.done", file.get().getFileName()));
      } catch (IOException e) {
        window.say(Texts.of("export.failed", e.getMessage()));
      }
    }
  }

  private void openView() {
    List<Path> chosen = files.files(stage());
    if (chosen.isEmpty()) {
      return;
    }
    try {
      Workspace.Found found =
          Workspace.read(chosen.get(0))
              .show(window.grid(), window.link(), window.studies(), window.tools().reformatting());
      window.say(Texts.of(found == Workspace.Found.ALL ? "view.shown" : "view.otherStudy"));
    } catch (IOException e) {
      window.say(Texts.of("view.unreadable", e.getMessage()));
    }
  }
}
