package org.loupe.viewer;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import org.loupe.viewer.panel.SidePanel;

/** The panels at the right of the window: they take no room until one is asked for. */
final class Panels {

  /** Width that they open with. */
  private static final double WIDTH = 372;

  private final SidePanel side = new SidePanel();
  private final SplitPane split;

  /**
   * @param split the window's; the panels are its last part while they are shown
   */
  Panels(SplitPane split) {
    this.split = split;
    SplitPane.setResizableWithParent(side, false);
  }

  /**
   * Adds a panel, made when it is first looked at.
   *
   * @param id its heading is {@code panel.<id>}
   */
  void add(String id, Supplier<Node> maker) {
    side.add(id, maker);
  }

  /** Shows a panel, or puts it away where it is in front already. */
  void toggle(String id) {
    boolean open = split.getItems().contains(side);
    if (open && side.chosen().equals(id)) {
      split.getItems().remove(side);
      return;
    }
    if (!open) {
      split.getItems().add(side);
      split.setDividerPosition(1, 1 - WIDTH / Math.max(2 * WIDTH, split.getWidth()));
    }
    side.choose(id);
  }
}
