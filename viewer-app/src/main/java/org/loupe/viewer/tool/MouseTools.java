package org.loupe.viewer.tool;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.TouchEvent;
import javafx.scene.input.TouchPoint;
import org.loupe.image.Window;
import org.loupe.viewer.viewport.ImagePane;

/**
 * What the mouse and fingers do in a pane: the wheel scrolls slices, with Ctrl (or Cmd) it zooms
 * around the pointer, the left button pans, the right one windows, a double-click fits. Two fingers
 * pinch to zoom, on a screen and on a trackpad; moved together they pan on a screen, and scroll
 * slices on a trackpad, as its wheel.
 */
public final class MouseTools {

  /** Scroll distance of one notch of a wheel, as JavaFX reports it. */
  private static final double NOTCH = 40;

  /** Natural logarithm of the zoom of one notch. */
  private static final double ZOOM_PER_NOTCH = 0.12;

  /** Change of the window by a drag, parts of its width per unit of the scene. */
  private static final double WINDOW_PER_UNIT = 0.004;

  private final ImagePane pane;

  /** Scroll distance that has not made a whole slice yet. */
  private double rest;

  /** The button that the drag began with. */
  private MouseButton button = MouseButton.NONE;

  /** Whether the fingers on the screen were two at some time since the first one came. */
  private boolean severalFingers;

  private double lastX;
  private double lastY;

  private MouseTools(ImagePane pane) {
    this.pane = pane;
  }

  /** Gives a pane its mouse tools. */
  public static void on(ImagePane pane) {
    MouseTools tools = new MouseTools(pane);
    pane.setOnScroll(tools::scroll);
    pane.setOnZoom(
        e -> {
          tools.zoom(e.getZoomFactor(), e.getX(), e.getY());
          e.consume();
        });
    pane.addEventFilter(TouchEvent.ANY, tools::touch);
    pane.setOnMousePressed(tools::press);
    pane.setOnMouseDragged(tools::drag);
    pane.setOnMouseClicked(
        e -> {
          if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
            pane.fit();
          }
        });
  }

  private void scroll(ScrollEvent e) {
    if (e.isDirect()) {
      // A single finger is a mouse that drags; what rolls on after a gesture is none of the user's.
      if (e.getTouchCount() > 1) {
        pan(e.getDeltaX(), e.getDeltaY());
      }
    } else if (e.isControlDown() || e.isShortcutDown()) {
      zoom(Math.exp(e.getDeltaY() / NOTCH * ZOOM_PER_NOTCH), e.getX(), e.getY());
    } else {
      rest += e.getDeltaY() / NOTCH;
      int slices = (int) rest;
      rest -= slices;
      PaneActions.scroll(pane, -slices);
    }
    e.consume();
  }

  private void zoom(double factor, double x, double y) {
    pane.change(
        s ->
            s.zoomedAround(
                pane.plane(),
                factor,
                pane.coordinates().fromMiddleX(x),
                pane.coordinates().fromMiddleY(y)));
  }

  private void pan(double right, double down) {
    pane.change(
        s ->
            s.panned(
                pane.plane(),
                pane.coordinates().deviceLength(right),
                pane.coordinates().deviceLength(down)));
  }

  /** With a second finger the gesture is a pinch: the mouse that the first one moves is none. */
  private void touch(TouchEvent e) {
    long fingers =
        e.getTouchPoints().stream().filter(p -> p.getState() != TouchPoint.State.RELEASED).count();
    severalFingers = fingers > 1 || (severalFingers && fingers > 0);
  }

  private void press(MouseEvent e) {
    button = e.getButton();
    lastX = e.getX();
    lastY = e.getY();
  }

  private void drag(MouseEvent e) {
    double right = e.getX() - lastX;
    double down = e.getY() - lastY;
    lastX = e.getX();
    lastY = e.getY();
    if (severalFingers && e.isSynthesized()) {
      return;
    }
    if (button == MouseButton.PRIMARY) {
      pan(right, down);
    } else if (button == MouseButton.SECONDARY) {
      pane.change(s -> s.withWindow(dragged(s.window(), right, down)));
    }
  }

  /** Right widens, down darkens. */
  static Window dragged(Window w, double right, double down) {
    return new Window(
        w.centre() + w.width() * WINDOW_PER_UNIT * down,
        w.width() * Math.exp(WINDOW_PER_UNIT * right));
  }
}
