package org.loupe.viewer.viewport;

import javafx.beans.property.ObjectProperty;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.transform.Rotate;

/**
 * The line between two pictures. Dragging it moves it; dragging its knob, or turning the wheel over
 * it, turns it to any angle.
 */
final class WipeDivider extends Region {

  /** Width of the area that takes the pointer, in the scene's units. */
  private static final double GRIP = 14;

  /** Distance of the knob from the middle of the line. */
  private static final double KNOB = 110;

  /** Turn of one notch of the wheel, degrees. */
  private static final double NOTCH_DEGREES = 5;

  private final ObjectProperty<Split> split;
  private final Region line = new Region();
  private final Circle knob = new Circle(6);
  private final Label first = new Label();
  private final Label second = new Label();
  private final Rotate turn = new Rotate();

  /** Whether the drag in progress began on the knob. */
  private boolean turning;

  private double paneWidth = 1;
  private double paneHeight = 1;

  WipeDivider(ObjectProperty<Split> split) {
    this.split = split;
    setId("wipe-divider");
    setManaged(false);
    setVisible(false);
    setCursor(Cursor.MOVE);
    getTransforms().add(turn);
    line.getStyleClass().add("wipe-line");
    knob.getStyleClass().add("wipe-knob");
    knob.setId("wipe-knob");
    knob.setCursor(Cursor.CROSSHAIR);
    for (Label label : new Label[] {first, second}) {
      label.getStyleClass().add("wipe-label");
      label.setMouseTransparent(true);
    }
    getChildren().addAll(line, knob, first, second);
    setOnMousePressed(
        e -> {
          turning = e.getTarget() == knob;
          e.consume();
        });
    // The knob follows with the next layout, so a quick pointer leaves it and is over the line.
    setOnMouseDragged(
        e -> {
          if (turning) {
            turnTowards(fromMiddleX(e), fromMiddleY(e));
          } else {
            split.set(split.get().through(fromMiddleX(e), fromMiddleY(e), paneWidth, paneHeight));
          }
          e.consume();
        });
    setOnScroll(
        e -> {
          Split s = split.get();
          double degrees = Math.signum(e.getDeltaY() + e.getDeltaX()) * NOTCH_DEGREES;
          split.set(new Split(s.position(), s.angle() + degrees));
          e.consume();
        });
    // A drag of the line must not end as a click that the pane's tools take for theirs.
    setOnMouseReleased(MouseEvent::consume);
    setOnMouseClicked(MouseEvent::consume);
  }

  private double fromMiddleX(MouseEvent e) {
    return getParent().sceneToLocal(e.getSceneX(), e.getSceneY()).getX() - paneWidth / 2;
  }

  private double fromMiddleY(MouseEvent e) {
    return getParent().sceneToLocal(e.getSceneX(), e.getSceneY()).getY() - paneHeight / 2;
  }

  /** The line's middle stays; the knob, which lies up along it, goes to the pointer. */
  private void turnTowards(double x, double y) {
    Split s = split.get();
    double offset = s.offset(paneWidth, paneHeight);
    double dx = x - offset * s.normalX();
    double dy = y - offset * s.normalY();
    if (Math.hypot(dx, dy) > 2 * GRIP) {
      split.set(new Split(s.position(), Math.toDegrees(Math.atan2(dy, dx)) + 90));
    }
  }

  /** Names the two sides. */
  void names(String before, String after) {
    if (!before.equals(first.getText()) || !after.equals(second.getText())) {
      first.setText(before);
      second.setText(after);
      requestLayout();
    }
  }

  /** Lays the divider over a pane of this size. */
  void place(double width, double height) {
    paneWidth = width;
    paneHeight = height;
    Split s = split.get();
    double length = Math.hypot(width, height) + GRIP;
    double offset = s.offset(width, height);
    double x = width / 2 + offset * s.normalX();
    double y = height / 2 + offset * s.normalY();
    resizeRelocate(Math.rint(x - GRIP / 2), Math.rint(y - length / 2), GRIP, length);
    turn.setPivotX(GRIP / 2);
    turn.setPivotY(length / 2);
    turn.setAngle(s.angle());
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double middle = getHeight() / 2;
    line.resizeRelocate(GRIP / 2 - 1, 0, 2, getHeight());
    knob.setCenterX(GRIP / 2);
    knob.setCenterY(middle - KNOB);
    first.autosize();
    second.autosize();
    first.relocate(GRIP / 2 - 8 - first.getWidth(), middle + 30);
    second.relocate(GRIP / 2 + 8, middle + 30);
  }
}
