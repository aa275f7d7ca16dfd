package org.loupe.viewer;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Polyline;
import javafx.scene.text.Text;
import org.loupe.dicom.StoredView;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.VisibleMeasurements;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneDecoration;
import org.loupe.viewer.viewport.PaneGeometry;

/** Draws the graphics and texts of a presentation state on the slice that it is a view of. */
final class SavedViewLayer implements PaneDecoration {

  private static final int CIRCLE = 48;

  /** Straight pieces between two points of a curve. */
  private static final int STEPS = 8;

  private static final double CROSS = 6;

  /** What lies nearer to a measurement that is kept here too is the same, mm. */
  private static final double SAME = 0.5;

  private final ImagePane pane;
  private final Annotations annotations;
  private final Pane node = new Pane();
  private boolean on = true;
  private StoredView view;
  private String seriesId = "";
  private int slice;
  private SlicePlane plane;

  SavedViewLayer(ImagePane pane, Annotations annotations) {
    this.pane = pane;
    this.annotations = annotations;
    node.setMouseTransparent(true);
    node.setManaged(false);
    node.setId("saved-view");
  }

  @Override
  public Node node() {
    return node;
  }

  /**
   * Draws a state from now on.
   *
   * @param shown slice of the pane's series that it is a view of
   * @param own lattice of the image that its coordinates are of
   */
  void show(StoredView next, int shown, SlicePlane own) {
    view = next;
    seriesId = pane.seriesProperty().get().id();
    slice = shown;
    plane = own;
    on = true;
    update(pane.geometry());
  }

  void clear() {
    view = null;
    update(pane.geometry());
  }

  void toggle() {
    on = !on;
    update(pane.geometry());
  }

  @Override
  public void update(PaneGeometry geometry) {
    node.getChildren().clear();
    boolean here =
        view != null
            && on
            && geometry != null
            && pane.seriesProperty().get() != null
            && pane.seriesProperty().get().id().equals(seriesId)
            && pane.stateProperty().get().slice() == slice;
    if (!here) {
      return;
    }
    List<Measurement> own = VisibleMeasurements.of(annotations, pane);
    for (StoredView.Drawing d : view.drawings()) {
      List<Vec3> points =
          d.points().stream().map(p -> plane.toPatient(p.column(), p.row())).toList();
      if (own.stream().noneMatch(m -> same(m, d, points))) {
        draw(d, points);
      }
    }
  }

  /** Whether a drawing is a measurement that is drawn already. */
  private static boolean same(Measurement m, StoredView.Drawing d, List<Vec3> points) {
    if (d.type().equals("TEXT")) {
      return m.points().get(0).minus(points.get(0)).length() < SAME;
    }
    List<Vec3> open = points;
    int last = points.size() - 1;
    if (last > 1 && points.get(0).minus(points.get(last)).length() < 1e-3) {
      open = points.subList(0, last);
    }
    Vec3 sum = Vec3.ZERO;
    for (Vec3 p : open) {
      sum = sum.plus(p);
    }
    Vec3 middle = sum.times(1.0 / open.size());
    boolean half = m.points().size() == 4 && open.size() == 2;
    return m.centre().minus(middle).length() < SAME
        || (half && m.points().stream().anyMatch(p -> p.minus(points.get(0)).length() < SAME));
  }

  private void draw(StoredView.Drawing d, List<Vec3> points) {
    List<Point2D> p = points.stream().map(pane.coordinates()::toPane).toList();
    switch (d.type()) {
      case "TEXT" -> text(d.text(), p.get(0));
      case "POINT" -> {
        for (Point2D at : p) {
          line(List.of(at.subtract(CROSS, 0), at.add(CROSS, 0)));
          line(List.of(at.subtract(0, CROSS), at.add(0, CROSS)));
        }
      }
      case "CIRCLE" -> {
        if (p.size() == 2) {
          Point2D radius = p.get(1).subtract(p.get(0));
          ring(p.get(0), radius, new Point2D(-radius.getY(), radius.getX()));
        }
      }
      case "ELLIPSE" -> {
        if (p.size() == 4) {
          Point2D middle = p.get(0).midpoint(p.get(1));
          ring(middle, p.get(1).subtract(middle), p.get(3).subtract(middle));
        }
      }
      case "INTERPOLATED" -> line(smooth(p));
      default -> line(p);
    }
  }

  /** A curve through points, after Catmull and Rom; closed where it ends where it begins. */
  private static List<Point2D> smooth(List<Point2D> p) {
    int last = p.size() - 1;
    boolean closed = last > 1 && p.get(0).distance(p.get(last)) < 1e-6;
    List<Point2D> curve = new ArrayList<>();
    for (int n = 0; n < last; n++) {
      Point2D before = p.get(n > 0 ? n - 1 : closed ? last - 1 : 0);
      Point2D after = p.get(n + 2 <= last ? n + 2 : closed ? 1 : last);
      Point2D from = p.get(n);
      Point2D to = p.get(n + 1);
      Point2D leaving = to.subtract(before).multiply(0.5);
      Point2D arriving = after.subtract(from).multiply(0.5);
      for (int part = 0; part < STEPS; part++) {
        double t = (double) part / STEPS;
        // Hermite's cubic.
        curve.add(
            from.multiply((1 + 2 * t) * (1 - t) * (1 - t))
                .add(to.multiply(t * t * (3 - 2 * t)))
                .add(leaving.multiply(t * (1 - t) * (1 - t)))
                .add(arriving.multiply(t * t * (t - 1))));
      }
    }
    curve.add(p.get(last));
    return curve;
  }

  private void ring(Point2D middle, Point2D a, Point2D b) {
    List<Point2D> points = new ArrayList<>();
    for (int n = 0; n <= CIRCLE; n++) {
      double angle = 2 * Math.PI * n / CIRCLE;
      points.add(middle.add(a.multiply(Math.cos(angle))).add(b.multiply(Math.sin(angle))));
    }
    line(points);
  }

  private void line(List<Point2D> points) {
    Polyline line = new Polyline();
    points.forEach(p -> line.getPoints().addAll(p.getX(), p.getY()));
    line.getStyleClass().add("saved-view-line");
    line.setFill(null);
    node.getChildren().add(line);
  }

  private void text(String words, Point2D at) {
    Text text = new Text(at.getX() + 8, at.getY() + 6, words.replace("\r\n", "\n"));
    text.setTextOrigin(VPos.TOP);
    text.getStyleClass().add("saved-view-text");
    node.getChildren().add(text);
  }
}
