package org.loupe.viewer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.tool.Command;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.tool.ShortcutSheet;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Windows;

/** Every command of the viewer with its keys. */
final class ViewerCommands {

  /** Zoom of one key press. */
  private static final double ZOOM_STEP = 1.15;

  /** Pan of one key press, part of the pane. */
  private static final double PAN_STEP = 0.08;

  /** Change of the window by one key press, as a drag of this many units of the scene. */
  private static final double WINDOW_STEP = 10;

  private final MainWindow window;
  private final List<Command> all = new ArrayList<>();

  ViewerCommands(MainWindow window, FileChoosing files, Runnable quit) {
    this.window = window;
    files(files, quit);
    slices();
    place();
    windows();
    compare();
    layout();
    help();
  }

  List<Command> all() {
    return List.copyOf(all);
  }

  private void add(String group, String id, Runnable action, String... keys) {
    all.add(Command.of(id, group, action, keys));
  }

  private void pane(String group, String id, Consumer<ImagePane> action, String... keys) {
    add(group, id, () -> action.accept(window.active()), keys);
  }

  private void files(FileChoosing files, Runnable quit) {
    add("file", "openFiles", () -> window.open(files.files(stage())), "Shortcut+O");
    add("file", "openFolder", () -> window.open(files.folder(stage())), "Shortcut+Shift+O");
    add("file", "openDemo", this::openDemo);
    add("file", "close", window::closeStudies, "Shortcut+W");
    add("file", "quit", quit, "Shortcut+Q");
  }

  private javafx.stage.Window stage() {
    return window.root().getScene().getWindow();
  }

  private void openDemo() {
    demo().ifPresent(path -> window.open(List.of(path)));
  }

  /** The study that ships with the application. */
  static java.util.Optional<Path> demo() {
    Path path = Path.of(System.getProperty("loupe.home", "."), "assets", "demo", "study");
    return Files.isDirectory(path) ? java.util.Optional.of(path) : java.util.Optional.empty();
  }

  private void slices() {
    pane("slice", "nextSlice", p -> PaneActions.scroll(p, 1), "Down", "Page Down");
    pane("slice", "previousSlice", p -> PaneActions.scroll(p, -1), "Up", "Page Up");
    pane("slice", "firstSlice", p -> PaneActions.scroll(p, Integer.MIN_VALUE), "Home");
    pane("slice", "lastSlice", p -> PaneActions.scroll(p, Integer.MAX_VALUE), "End");
  }

  private void place() {
    pane(
        "place",
        "zoomIn",
        p -> PaneActions.zoomBy(p, ZOOM_STEP),
        "Plus",
        "Add",
        "Equals",
        "Shift+Equals",
        "Shift+Plus");
    pane("place", "zoomOut", p -> PaneActions.zoomBy(p, 1 / ZOOM_STEP), "Minus", "Subtract");
    pane("place", "fit", ImagePane::fit, "0", "Numpad 0");
    add("place", "editZoom", () -> window.toolBar().editZoom(), "Z");
    pane("place", "left", p -> PaneActions.moveView(p, -PAN_STEP, 0), "Shift+Left");
    pane("place", "right", p -> PaneActions.moveView(p, PAN_STEP, 0), "Shift+Right");
    pane("place", "up", p -> PaneActions.moveView(p, 0, -PAN_STEP), "Shift+Up");
    pane("place", "down", p -> PaneActions.moveView(p, 0, PAN_STEP), "Shift+Down");
    pane("place", "probe", PaneActions::probeMiddle, "P");
  }

  private void windows() {
    for (Windows preset : Windows.values()) {
      String key = Integer.toString(preset.digit());
      pane("window", "window." + preset, p -> PaneActions.window(p, preset), key, "Numpad " + key);
    }
    pane("window", "wider", p -> PaneActions.window(p, WINDOW_STEP, 0), "Alt+Right");
    pane("window", "narrower", p -> PaneActions.window(p, -WINDOW_STEP, 0), "Alt+Left");
    pane("window", "brighter", p -> PaneActions.window(p, 0, -WINDOW_STEP), "Alt+Up");
    pane("window", "darker", p -> PaneActions.window(p, 0, WINDOW_STEP), "Alt+Down");
  }

  private void compare() {
    pane("compare", "original", PaneActions::toggleOriginal, "S");
    pane("compare", "wipe", PaneActions::toggleWipe, "W");
    pane("compare", "wipeLeft", p -> PaneActions.moveWipe(p, -0.02), "Open Bracket", "Comma");
    pane("compare", "wipeRight", p -> PaneActions.moveWipe(p, 0.02), "Close Bracket", "Period");
    pane("compare", "prior", p -> p.priorShownProperty().set(!p.priorShownProperty().get()), "O");
    pane("compare", "priorLess", p -> PaneActions.priorOpacity(p, -0.1), "Alt+Minus");
    pane("compare", "priorMore", p -> PaneActions.priorOpacity(p, 0.1), "Alt+Plus", "Alt+Equals");
  }

  private void layout() {
    layout(PaneLayout.ONE, "F2");
    layout(PaneLayout.TWO, "F3");
    layout(PaneLayout.FOUR, "F4");
    add(
        "layout",
        "link",
        () -> window.link().onProperty().set(!window.link().onProperty().get()),
        "L");
    add("layout", "nextPane", () -> window.grid().activateNext(), "N");
  }

  private void layout(PaneLayout layout, String key) {
    add("layout", "layout." + layout, () -> window.grid().layoutProperty().set(layout), key);
  }

  private void help() {
    add("help", "shortcuts", () -> window.sheet(new ShortcutSheet(window.commands())), "F1");
    add("help", "about", () -> window.sheet(about()));
    add("help", "escape", this::escape, "Esc");
  }

  /** Out of whatever is on: the sheet, else the wipe and the prior of the active pane. */
  private void escape() {
    if (!window.closeSheet()) {
      ImagePane pane = window.active();
      pane.priorShownProperty().set(false);
      pane.comparisonProperty().set(org.loupe.viewer.viewport.Comparison.SUPER_RESOLVED);
      window.grid().activate(pane);
    }
  }

  private static VBox about() {
    Label title = new Label(Texts.of("app.name"));
    title.getStyleClass().add("sheet-title");
    Label text = new Label(Texts.of("about.text"));
    text.setWrapText(true);
    text.setMaxWidth(460);
    Label warning = new Label(Texts.of("about.notDiagnostic"));
    warning.setId("about-not-diagnostic");
    warning.getStyleClass().add("not-diagnostic");
    warning.setWrapText(true);
    warning.setMaxWidth(460);
    VBox box = new VBox(title, text, warning);
    box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    box.setId("about");
    box.getStyleClass().add("sheet");
    return box;
  }
}
