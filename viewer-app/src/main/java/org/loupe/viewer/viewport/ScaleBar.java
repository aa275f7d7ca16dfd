package org.loupe.viewer.viewport;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;

/** A bar whose length in the patient is written above it. */
final class ScaleBar extends VBox {

  private static final int[] LENGTHS_MM = {200, 100, 50, 20, 10, 5, 2, 1};

  /** Longest bar, as a part of the pane's width. */
  private static final double PART = 0.25;

  private final Label text = new Label();
  private final Region bar = new Region();

  ScaleBar() {
    super(1, new Region());
    getChildren().setAll(text, bar);
    setAlignment(Pos.BOTTOM_RIGHT);
    setMouseTransparent(true);
    text.getStyleClass().addAll("pane-text", "scale-text");
    bar.getStyleClass().add("scale-bar");
  }

  /**
   * @param mmPerUnit millimetres per unit of the scene; 0 for no bar
   * @param paneWidth width of the pane in units of the scene
   */
  void update(double mmPerUnit, double paneWidth) {
    for (int mm : LENGTHS_MM) {
      double length = mm / mmPerUnit;
      if (length <= paneWidth * PART) {
        if (bar.getMinWidth() != length) {
          bar.setMinWidth(length);
          bar.setMaxWidth(length);
        }
        // Bars of two lengths in the patient may be as long as one another on the screen.
        text.setText(Texts.of("scale.mm", mm));
        PaneLabels.show(this, true);
        return;
      }
    }
    PaneLabels.show(this, false);
  }
}
