package org.loupe.viewer.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import org.loupe.image.RigidTransform;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneDecoration;
import org.loupe.viewer.viewport.PaneGeometry;

/**
 * Where panes meet: the line in which the active pane's slice cuts each other pane's slice, and a
 * 3-D crosshair. With the crosshair in hand, or with Alt, a click in one pane brings all panes of
 * its frame of reference to that point.
 */
public final class CrossReferences {

  /** Cosine of the angle up to which planes count as parallel and have no line in common. */
  private static final double PARALLEL = 0.98;

  /** Length of the crosshair's arms and of the gap in its middle, units of the scene. */
  private static final double ARM = 26;

  private static final double GAP = 6;

  private final PaneGrid grid;
  private final PaneLink link;
  private final BooleanProperty lines = new SimpleBooleanProperty(this, "lines", true);
  private final BooleanProperty crosshair = new SimpleBooleanProperty(this, "crosshair");
  private final BooleanProperty otherTool = new SimpleBooleanProperty(this, "otherTool");

  /**
   * @param link knows how places of one series are found in another one
   */
  public CrossReferences(PaneGrid grid, PaneLink link) {
    this.grid = grid;
    this.link = link;
    for (ImagePane pane : grid.all()) {
      pane.decorate(new Marks(pane));
      pane.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> point(pane, e));
      pane.addEventFilter(MouseEvent.MOUSE_DRAGGED, e -> point(pane, e));
      pane.stateProperty()
          .subscribe(
              () -> {
                if (pane == grid.activeProperty().get()) {
                  redraw();
                }
              });
    }
    grid.activeProperty().subscribe(this::redraw);
    link.focusProperty().subscribe(this::redraw);
    lines.subscribe(this::redraw);
    crosshair.subscribe(
        on -> {
          if (!on) {
            link.focusProperty().set(null);
          }
        });
  }

  /** Whether the lines are drawn. */
  public BooleanProperty linesProperty() {
    return lines;
  }

  /** Whether a click sets the crosshair. */
  public BooleanProperty crosshairProperty() {
    return crosshair;
  }

  /** Whether another tool is in hand: clicks are that tool's then, but for those with Alt. */
  public BooleanProperty otherToolProperty() {
    return otherTool;
  }

  private void redraw() {
    grid.visible().forEach(ImagePane::redecorate);
  }

  private void point(ImagePane pane, MouseEvent e) {
    boolean asked = (crosshair.get() && !otherTool.get()) || e.isAltDown();
    if (asked
        && e.isPrimaryButtonDown()
        && e.getButton() == MouseButton.PRIMARY
        && pane.geometry() != null) {
      link.goTo(pane.coordinates().toPatient(e.getX(), e.getY()));
      e.consume();
    }
  }

  /**
   * The line in which a plane cuts the area of a slice: two points in the patient, or empty where
   * it passes it by.
   *
   * @param area the slice whose area is cut
   */
  static List<Vec3> cut(SlicePlane area, SlicePlane plane) {
    double w = area.columns() - 0.5;
    double h = area.rows() - 0.5;
    List<Vec3> corners =
        List.of(
            area.toPatient(-0.5, -0.5),
            area.toPatient(w, -0.5),
            area.toPatient(w, h),
            area.toPatient(-0.5, h));
    List<Vec3> points = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Vec3 a = corners.get(i);
      Vec3 b = corners.get((i + 1) % 4);
      double da = plane.distance(a);
      double db = plane.distance(b);
      if ((da < 0) != (db < 0)) {
        points.add(a.plus(b.minus(a).times(da / (da - db))));
      }
    }
    return points.size() == 2 ? points : List.of();
  }

  /** The marks on one pane. */
  private final class Marks implements PaneDecoration {
    private final ImagePane pane;
    private final Pane node = new Pane();

    Marks(ImagePane pane) {
      this.pane = pane;
      node.setMouseTransparent(true);
      node.setManaged(false);
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public void update(PaneGeometry geometry) {
      node.getChildren().clear();
      ImagePane active = grid.activeProperty().get();
      Series own = pane.seriesProperty().get();
      Series other = active.seriesProperty().get();
      if (geometry == null || own == null || other == null) {
        return;
      }
      Optional<RigidTransform> way =
          pane == active ? Optional.empty() : link.alignment().between(other, own);
      if (lines.get()) {
        way.ifPresent(t -> reference(t.apply(active.plane())));
      }
      Vec3 focus = link.focusIn(own);
      if (focus != null && (pane == active || way.isPresent())) {
        cross(pane.coordinates().toPane(focus));
      }
    }

    private void reference(SlicePlane other) {
      SlicePlane plane = pane.plane();
      if (Math.abs(plane.normal().dot(other.normal())) > PARALLEL) {
        return;
      }
      // Only where the other slice has pixels: its own area is cut, and seen in this plane.
      List<Vec3> points = cut(other, plane);
      if (points.size() == 2) {
        Point2D a = pane.coordinates().toPane(points.get(0));
        Point2D b = pane.coordinates().toPane(points.get(1));
        add(a.getX(), a.getY(), b.getX(), b.getY(), "reference-line");
      }
    }

    private void cross(Point2D at) {
      double x = at.getX();
      double y = at.getY();
      add(x - ARM, y, x - GAP, y, "crosshair-line");
      add(x + GAP, y, x + ARM, y, "crosshair-line");
      add(x, y - ARM, x, y - GAP, "crosshair-line");
      add(x, y + GAP, x, y + ARM, "crosshair-line");
    }

    private void add(double x0, double y0, double x1, double y1, String style) {
      Line line = new Line(x0, y0, x1, y1);
      line.getStyleClass().add(style);
      node.getChildren().add(line);
    }
  }
}
