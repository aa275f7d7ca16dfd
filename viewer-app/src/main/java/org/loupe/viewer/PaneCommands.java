package org.loupe.viewer;

import javafx.beans.property.ObjectProperty;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.tool.PaneActions.Turn;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.PicturePair;
import org.loupe.viewer.viewport.Windows;

/** What keys and menus do to the active pane. */
final class PaneCommands {

  /** Zoom of one key press. */
  private static final double ZOOM_STEP = 1.15;

  /** Pan of one key press, part of the pane. */
  private static final double PAN_STEP = 0.08;

  /** Change of the window by one key press, as a drag of this many units of the scene. */
  private static final double WINDOW_STEP = 10;

  /** Turn of the wipe by one key press, degrees. */
  private static final double TURN_STEP = 15;

  private final CommandList list;

  private PaneCommands(CommandList list) {
    this.list = list;
  }

  static void to(CommandList list, Runnable editZoom) {
    PaneCommands commands = new PaneCommands(list);
    commands.slices();
    commands.place(editZoom);
    commands.windows();
    commands.compare();
  }

  private void slices() {
    list.pane("slice", "nextSlice", p -> PaneActions.scroll(p, 1), "Down", "Page Down");
    list.pane("slice", "previousSlice", p -> PaneActions.scroll(p, -1), "Up", "Page Up");
    list.pane("slice", "firstSlice", p -> PaneActions.scroll(p, Integer.MIN_VALUE), "Home");
    list.pane("slice", "lastSlice", p -> PaneActions.scroll(p, Integer.MAX_VALUE), "End");
  }

  private void place(Runnable editZoom) {
    list.pane(
        "place",
        "zoomIn",
        p -> PaneActions.zoomBy(p, ZOOM_STEP),
        "Plus",
        "Add",
        "Equals",
        "Shift+Equals",
        "Shift+Plus");
    list.pane("place", "zoomOut", p -> PaneActions.zoomBy(p, 1 / ZOOM_STEP), "Minus", "Subtract");
    list.pane("place", "fit", ImagePane::fit, "0", "Numpad 0");
    list.add("place", "editZoom", editZoom, "Z");
    list.pane("place", "left", p -> PaneActions.moveView(p, -PAN_STEP, 0), "Shift+Left");
    list.pane("place", "right", p -> PaneActions.moveView(p, PAN_STEP, 0), "Shift+Right");
    list.pane("place", "up", p -> PaneActions.moveView(p, 0, -PAN_STEP), "Shift+Up");
    list.pane("place", "down", p -> PaneActions.moveView(p, 0, PAN_STEP), "Shift+Down");
    list.pane("place", "turn.RIGHT", p -> PaneActions.turn(p, Turn.RIGHT), "Alt+Shift+Right");
    list.pane("place", "turn.LEFT", p -> PaneActions.turn(p, Turn.LEFT), "Alt+Shift+Left");
    list.pane("place", "turn.MIRROR", p -> PaneActions.turn(p, Turn.MIRROR), "Alt+Shift+H");
    list.pane(
        "place", "turn.UPSIDE_DOWN", p -> PaneActions.turn(p, Turn.UPSIDE_DOWN), "Alt+Shift+V");
    list.pane("place", "turn.UPRIGHT", PaneActions::upright, "Alt+Shift+0");
    list.pane("place", "probe", PaneActions::probeMiddle, "P");
  }

  private void windows() {
    for (Windows preset : Windows.values()) {
      String key = Integer.toString(preset.digit());
      list.pane(
          "window", "window." + preset, p -> PaneActions.window(p, preset), key, "Numpad " + key);
    }
    list.pane("window", "windowOfView", PaneActions::windowOfView, "Q");
    list.pane("window", "wider", p -> PaneActions.window(p, WINDOW_STEP, 0), "Alt+Right");
    list.pane("window", "narrower", p -> PaneActions.window(p, -WINDOW_STEP, 0), "Alt+Left");
    list.pane("window", "brighter", p -> PaneActions.window(p, 0, -WINDOW_STEP), "Alt+Up");
    list.pane("window", "darker", p -> PaneActions.window(p, 0, WINDOW_STEP), "Alt+Down");
    list.pane("window", "invert", p -> PaneActions.toggle(p.settings().invertedProperty()), "I");
    list.pane("window", "colours", PaneActions::nextColours, "C");
    list.pane("window", "kernel", PaneActions::nextKernel, "K");
  }

  private void compare() {
    list.pane("compare", "original", PaneActions::toggleOriginal, "S");
    list.pane("compare", "wipe", p -> PaneActions.toggle(p, Comparison.WIPE), "W");
    list.pane("compare", "blink", p -> PaneActions.toggle(p, Comparison.BLINK), "B");
    list.pane("compare", "difference", p -> PaneActions.toggle(p, Comparison.DIFFERENCE), "D");
    list.pane("compare", "swap", PaneCommands::swap, "X");
    list.pane("compare", "wipeLeft", p -> PaneActions.moveWipe(p, -0.02), "Open Bracket", "Comma");
    list.pane(
        "compare", "wipeRight", p -> PaneActions.moveWipe(p, 0.02), "Close Bracket", "Period");
    list.pane("compare", "wipeTurn", p -> PaneActions.turnWipe(p, TURN_STEP), "Shift+W");
    list.pane("compare", "expectedError", p -> PaneActions.toggle(p, Overlay.EXPECTED_ERROR), "E");
    list.pane("compare", "added", p -> PaneActions.toggle(p, Overlay.ADDED), "A");
    list.pane("compare", "guidance", p -> PaneActions.toggle(p, Overlay.GUIDANCE), "U");
    list.pane("compare", "unguided", PaneCommands::unguided, "Shift+S");
    list.pane("compare", "prior", p -> PaneActions.toggle(p.settings().priorShownProperty()), "O");
    list.pane("compare", "priorLess", p -> PaneActions.priorOpacity(p, -0.1), "Alt+Minus");
    list.pane(
        "compare", "priorMore", p -> PaneActions.priorOpacity(p, 0.1), "Alt+Plus", "Alt+Equals");
  }

  /** Without the reference, and with it. */
  private static void unguided(ImagePane pane) {
    boolean now = pane.settings().resolvedProperty().get() == Picture.UNGUIDED;
    pane.settings().resolvedProperty().set(now ? Picture.RESOLVED : Picture.UNGUIDED);
    pane.comparisonProperty().set(Comparison.SUPER_RESOLVED);
  }

  private static void swap(ImagePane pane) {
    ObjectProperty<PicturePair> pair = pane.settings().pairProperty();
    pair.set(pair.get().swapped());
  }
}
