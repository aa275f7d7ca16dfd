package org.loupe.viewer.measure;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;
import org.loupe.image.Vec3;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneDecoration;
import org.loupe.viewer.viewport.PaneGeometry;

/** Draws the measurements on a pane's slice, and the one that is being drawn. */
final class MeasurementLayer implements PaneDecoration {

  private static final double HANDLE = 4;

  private final ImagePane pane;
  private final Annotations annotations;
  private final Readings readings = new Readings();
  private final Pane node = new Pane();

  /** Not yet finished; null for none. */
  private Measurement draft;

  MeasurementLayer(ImagePane pane, Annotations annotations) {
    this.pane = pane;
    this.annotations = annotations;
    node.setMouseTransparent(true);
    node.setManaged(false);
    node.setId("measurements");
    annotations.contentProperty().subscribe(() -> update(pane.geometry()));
    annotations.selectedProperty().subscribe(() -> update(pane.geometry()));
  }

  @Override
  public Node node() {
    return node;
  }

  void draft(Measurement next) {
    draft = next;
    update(pane.geometry());
  }

  /** Gives up what is being drawn; seen at the pane's next painting. */
  void drop() {
    draft = null;
  }

  @Override
  public void update(PaneGeometry geometry) {
    node.getChildren().clear();
    if (geometry == null || pane.seriesProperty().get() == null) {
      return;
    }
    for (Measurement m : VisibleMeasurements.of(annotations, pane)) {
      draw(m, m.id().equals(annotations.selectedProperty().get()), true);
    }
    if (draft != null) {
      draw(draft, true, draft.kind() != MeasurementKind.PROBE);
    }
  }

  private void draw(Measurement m, boolean selected, boolean said) {
    List<Point2D> p = m.points().stream().map(pane.coordinates()::toPane).toList();
    List<Shape> shapes = new ArrayList<>();
    switch (m.kind()) {
      case LENGTH -> shapes.add(line(p.get(0), p.get(1)));
      case ANGLE -> {
        shapes.add(line(p.get(0), p.get(1)));
        shapes.add(line(p.get(1), p.get(2)));
      }
      case COBB -> {
        shapes.add(line(p.get(0), p.get(1)));
        shapes.add(line(p.get(2), p.get(3)));
        Line between = line(p.get(0).midpoint(p.get(1)), p.get(2).midpoint(p.get(3)));
        between.getStrokeDashArray().addAll(4.0, 4.0);
        shapes.add(between);
      }
      case PROBE -> {
        Point2D at = p.get(0);
        shapes.add(line(at.subtract(6, 0), at.add(6, 0)));
        shapes.add(line(at.subtract(0, 6), at.add(0, 6)));
      }
      case RECTANGLE, ELLIPSE, FREEHAND -> {
        Polygon outline = new Polygon();
        for (Vec3 corner : Measures.outline(m)) {
          Point2D at = pane.coordinates().toPane(corner);
          outline.getPoints().addAll(at.getX(), at.getY());
        }
        shapes.add(outline);
      }
    }
    for (Shape s : shapes) {
      s.getStyleClass().add("measurement");
      if (selected) {
        s.getStyleClass().add("measurement-selected");
      }
      s.setFill(null);
    }
    node.getChildren().addAll(shapes);
    if (selected && m.kind() != MeasurementKind.FREEHAND) {
      for (Point2D at : p) {
        Circle handle = new Circle(at.getX(), at.getY(), HANDLE);
        handle.getStyleClass().add("measurement-handle");
        node.getChildren().add(handle);
      }
    }
    if (said) {
      say(readings.lines(m, pane), p);
    }
  }

  private static Line line(Point2D a, Point2D b) {
    return new Line(a.getX(), a.getY(), b.getX(), b.getY());
  }

  /** Right of the measurement, inside the pane. */
  private void say(List<String> lines, List<Point2D> points) {
    if (lines.isEmpty()) {
      return;
    }
    Text text = new Text(String.join("\n", lines));
    text.getStyleClass().add("measurement-text");
    text.setTextOrigin(VPos.TOP);
    double right = points.stream().mapToDouble(Point2D::getX).max().orElseThrow();
    double middle = points.stream().mapToDouble(Point2D::getY).average().orElseThrow();
    Rectangle back = new Rectangle();
    back.getStyleClass().add("measurement-back");
    node.getChildren().addAll(back, text);
    text.applyCss();
    Bounds b = text.getLayoutBounds();
    double x = Math.min(right + 10, pane.getWidth() - b.getWidth() - 6);
    double y =
        Math.clamp(
            middle - b.getHeight() / 2, 4, Math.max(4, pane.getHeight() - b.getHeight() - 4));
    text.setX(x);
    text.setY(y);
    back.setX(x - 4);
    back.setY(y - 2);
    back.setWidth(b.getWidth() + 8);
    back.setHeight(b.getHeight() + 4);
  }
}
