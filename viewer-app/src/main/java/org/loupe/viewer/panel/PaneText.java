package org.loupe.viewer.panel;

import java.util.Locale;
import javafx.scene.layout.Region;

/** Small helps for the side panels. */
final class PaneText {

  private PaneText() {}

  static void show(Region node, boolean on) {
    node.setVisible(on);
    node.setManaged(on);
  }

  /** One decimal. */
  static String one(double value) {
    return String.format(Locale.ENGLISH, "%.1f", value);
  }
}
