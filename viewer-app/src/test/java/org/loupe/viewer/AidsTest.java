package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The tour, the speed panel, fingers and screen readers. */
class AidsTest extends WindowTest {

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  private ViewState state() {
    return onFx(() -> pane(0).stateProperty().get());
  }

  @Test
  void theTourGoesThroughItsPicturesAndLeavesThemTidy(FxRobot robot) throws Exception {
    command(robot, "layout.FOUR");
    command(robot, "tour");
    Node bar = robot.lookup("#tour").query();
    assertTrue(bar.isVisible());
    robot.clickOn("#tour-pause");
    Label text = robot.lookup("#tour-text").queryAs(Label.class);
    assertEquals(Texts.of("tour.start"), text.getText());
    assertEquals(PaneLayout.TWO, window.grid().layoutProperty().get());
    robot.clickOn("#tour-next");
    until(() -> pane(0).stateProperty().get().zoom(pane(0).plane()) > 3);
    robot.clickOn("#tour-next");
    assertEquals(Comparison.WIPE, pane(0).comparisonProperty().get());
    robot.clickOn("#tour-next");
    assertEquals(Comparison.DIFFERENCE, pane(0).comparisonProperty().get());
    robot.clickOn("#tour-back");
    assertEquals(Texts.of("tour.wipe"), text.getText());
    command(robot, "escape");
    assertFalse(bar.isVisible());
    assertEquals(Comparison.SUPER_RESOLVED, pane(0).comparisonProperty().get());
    assertEquals(Overlay.NONE, pane(0).settings().overlayProperty().get());
  }

  @Test
  void theSpeedPanelTellsFramesAndTimeToSuperResolution(FxRobot robot) throws Exception {
    command(robot, "panel.performance");
    Label resolving = robot.lookup("#performance-resolving").queryAs(Label.class);
    // What was opened may have been super-resolved by now.
    String before = resolving.getText();
    resolved(robot, "3.3");
    until(() -> !resolving.getText().equals(before) && resolving.getText().contains(" ms"));
    Label painting = robot.lookup("#performance-painting").queryAs(Label.class);
    assertTrue(painting.getText().contains(" ms"), painting.getText());
  }

  @Test
  void fingersPinchAndPan(FxRobot robot) {
    ViewState before = state();
    Point2D at = onFx(() -> pane(0).localToScene(150, 200));
    robot.interact(() -> pane(0).fireEvent(pinch(at, 1.5)));
    ViewState pinched = state();
    assertEquals(before.mmPerPixel() / 1.5, pinched.mmPerPixel(), 1e-9);
    // Two fingers on a screen pan by their way; a single one is a mouse, and says so itself.
    robot.interact(() -> pane(0).fireEvent(scroll(at, true, 2)));
    ViewState panned = state();
    double columns = 40 * pinched.mmPerPixel() / onFx(() -> pane(0).plane().columnSpacing());
    assertEquals(pinched.centre().column() - columns, panned.centre().column(), 1e-6);
    robot.interact(() -> pane(0).fireEvent(scroll(at, true, 1)));
    assertEquals(panned, state());
    // On a trackpad they are a wheel.
    robot.interact(() -> pane(0).fireEvent(scroll(at, false, 2)));
    assertEquals(panned.slice() - 1, state().slice());
  }

  private static ZoomEvent pinch(Point2D at, double factor) {
    return new ZoomEvent(
        ZoomEvent.ZOOM,
        at.getX(),
        at.getY(),
        at.getX(),
        at.getY(),
        false,
        false,
        false,
        false,
        true,
        false,
        factor,
        factor,
        null);
  }

  private static ScrollEvent scroll(Point2D at, boolean direct, int fingers) {
    EventType<ScrollEvent> type = ScrollEvent.SCROLL;
    return new ScrollEvent(
        type,
        at.getX(),
        at.getY(),
        at.getX(),
        at.getY(),
        false,
        false,
        false,
        false,
        direct,
        false,
        40,
        40,
        40,
        40,
        ScrollEvent.HorizontalTextScrollUnits.NONE,
        0,
        ScrollEvent.VerticalTextScrollUnits.NONE,
        0,
        fingers,
        null);
  }

  @Test
  void everyControlHasANameForScreenReaders(FxRobot robot) {
    List<String> nameless = new ArrayList<>();
    for (String panel : List.of("measurements", "segments", "model", "tags", "performance")) {
      command(robot, "panel." + panel);
      robot.interact(() -> nameless(window.root(), nameless));
    }
    for (String sheet : List.of("preferences", "plane.oblique", "recent", "shortcuts")) {
      command(robot, sheet);
      robot.interact(() -> nameless(window.root(), nameless));
      command(robot, "escape");
    }
    assertEquals(List.of(), nameless.stream().distinct().toList());
    String pane = onFx(() -> pane(0).getAccessibleText());
    assertTrue(pane.contains("t2_tse"), pane);
  }

  /** Controls of the application's own, not the parts that skins make. */
  private static void nameless(Node node, List<String> out) {
    boolean named = node.getAccessibleText() != null && !node.getAccessibleText().isBlank();
    if (node instanceof Labeled l && !(node instanceof Label)) {
      named |= l.getText() != null && !l.getText().isBlank();
    }
    boolean needed =
        node instanceof TextInputControl
            || node instanceof ComboBox
            || node instanceof ChoiceBox
            || node instanceof Slider
            || node instanceof ListView
            || node instanceof TableView
            || node instanceof javafx.scene.control.ButtonBase;
    if (needed && !named && !inSkin(node)) {
      out.add(node.getClass().getSimpleName() + " " + node.getId() + " " + node.getStyleClass());
    }
    if (node instanceof Parent p) {
      p.getChildrenUnmodifiable().forEach(child -> nameless(child, out));
    }
  }

  /** Whether a control is a part of another one: that one's name is read. */
  private static boolean inSkin(Node node) {
    for (Parent p = node.getParent(); p != null; p = p.getParent()) {
      if (p instanceof ComboBox || p.getClass().getName().startsWith("javafx.scene.control.skin")) {
        return !(p instanceof Control) || p instanceof ComboBox;
      }
    }
    return false;
  }
}
