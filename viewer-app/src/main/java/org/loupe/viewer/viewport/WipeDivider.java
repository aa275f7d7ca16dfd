package org.loupe.viewer.viewport;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.loupe.viewer.Texts;

/** The line between original and super-resolved pixels, draggable along the pane's width. */
final class WipeDivider extends Region {

  /** Width of the area that takes the pointer, in the scene's units. */
  private static final double GRIP = 14;

  private final DoubleProperty position = new SimpleDoubleProperty(this, "position", 0.5);
  private final Region line = new Region();
  private final Label left = new Label(Texts.of("wipe.left"));
  private final Label right = new Label(Texts.of("wipe.right"));

  WipeDivider() {
    setId("wipe-divider");
    setManaged(false);
    setVisible(false);
    setCursor(Cursor.H_RESIZE);
    line.getStyleClass().add("wipe-line");
    left.getStyleClass().add("wipe-label");
    right.getStyleClass().add("wipe-label");
    left.setMouseTransparent(true);
    right.setMouseTransparent(true);
    getChildren().addAll(line, left, right);
    setOnMousePressed(e -> e.consume());
    setOnMouseDragged(
        e -> {
          double width = getParent().getLayoutBounds().getWidth();
          double x = getParent().sceneToLocal(e.getSceneX(), e.getSceneY()).getX();
          position.set(Math.clamp(x / Math.max(1, width), 0.02, 0.98));
          e.consume();
        });
    // A drag of the line must not end as a click that the pane's tools take for theirs.
    setOnMouseReleased(e -> e.consume());
    setOnMouseClicked(e -> e.consume());
  }

  /** Where the divider stands, as a part of the pane's width. */
  DoubleProperty positionProperty() {
    return position;
  }

  /** Lays the divider over a pane of this size. */
  void place(double width, double height) {
    resizeRelocate(Math.rint(width * position.get() - GRIP / 2), 0, GRIP, height);
  }

  @Override
  protected void layoutChildren() {
    line.resizeRelocate(GRIP / 2 - 1, 0, 2, getHeight());
    double y = getHeight() / 2 + 30;
    left.autosize();
    right.autosize();
    left.relocate(GRIP / 2 - 8 - left.getWidth(), y);
    right.relocate(GRIP / 2 + 8, y);
  }
}
