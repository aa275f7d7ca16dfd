package org.loupe.viewer.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.loupe.image.Vec3;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneGeometry;

/**
 * Draws and edits measurements in one pane. With a tool in hand a drag draws: one for a length, a
 * rectangle, an ellipse or a freehand region, two for an angle and for Cobb's angle; a click reads
 * a pixel. Without one, a drag of a handle changes the selected measurement, a drag of a line moves
 * it, and everything else is left to the pane.
 */
final class MeasureMouse {

  /** Reach of the pointer, units of the scene. */
  private static final double REACH = 7;

  /** Shortest drag that draws, units of the scene. */
  private static final double LEAST = 3;

  /** Distance of a freehand region's corners, units of the scene. */
  private static final double STEP = 3;

  /** Distance up to which a point lies on a slice, mm. */
  private static final double ON_SLICE = 1e-3;

  private final ImagePane pane;
  private final MeasurementLayer layer;
  private final Annotations annotations;
  private final ObjectProperty<MeasurementKind> kind;

  /** Points so far of the measurement that is being drawn. */
  private final List<Vec3> drawn = new ArrayList<>();

  /** Where the gesture began; null while the mouse does nothing here. */
  private Point2D pressed;

  private boolean drawing;

  /** What a drag changes; null for nothing. */
  private Measurement held;

  /** Index of the point that is dragged; -1 for the whole. */
  private int handle;

  private Vec3 last;

  MeasureMouse(
      ImagePane pane,
      MeasurementLayer layer,
      Annotations annotations,
      ObjectProperty<MeasurementKind> kind) {
    this.pane = pane;
    this.layer = layer;
    this.annotations = annotations;
    this.kind = kind;
    pane.addEventFilter(MouseEvent.MOUSE_PRESSED, this::press);
    pane.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::drag);
    pane.addEventFilter(MouseEvent.MOUSE_RELEASED, this::release);
    kind.subscribe(this::cancel);
    pane.seriesProperty()
        .subscribe(
            (before, now) -> {
              if (before == null || now == null || !before.id().equals(now.id())) {
                letGo();
                drawn.clear();
                drawing = false;
                layer.drop();
              }
            });
    pane.setOnPainted(this::keepToSlice);
  }

  /** Gives up what is being drawn; false when nothing was. */
  boolean cancel() {
    boolean any = !drawn.isEmpty();
    drawn.clear();
    drawing = false;
    layer.draft(null);
    return any;
  }

  /** All points of a measurement lie in one plane: on another slice a drawing does not go on. */
  private void keepToSlice() {
    PaneGeometry g = pane.geometry();
    if (g == null) {
      // A slice that cannot be read.
      letGo();
      cancel();
    } else if (drawn.stream().anyMatch(p -> Math.abs(g.plane().distance(p)) > ON_SLICE)) {
      cancel();
    }
  }

  private void letGo() {
    if (held != null) {
      held = null;
      annotations.dropped();
    }
  }

  private void press(MouseEvent e) {
    boolean taken = e.isConsumed() || e.getButton() != MouseButton.PRIMARY;
    if (taken || pane.geometry() == null || !onImage(e)) {
      return;
    }
    Point2D place = new Point2D(e.getX(), e.getY());
    Vec3 at = pane.coordinates().toPatient(e.getX(), e.getY());
    if (kind.get() != null) {
      pressed = place;
      drawing = true;
      boolean leg = kind.get() == MeasurementKind.ANGLE && drawn.size() == 2;
      if (!leg) {
        drawn.add(at);
      }
      e.consume();
    } else if (grab(place)) {
      pressed = place;
      last = at;
      e.consume();
    } else {
      annotations.selectedProperty().set(null);
    }
  }

  /** Controls over the image keep their clicks. */
  private boolean onImage(MouseEvent e) {
    return pane.contains(e.getX(), e.getY())
        && !(e.getTarget() instanceof javafx.scene.control.Labeled);
  }

  private boolean grab(Point2D at) {
    List<Measurement> visible = new ArrayList<>(VisibleMeasurements.of(annotations, pane));
    Collections.reverse(visible);
    Measurement selected = annotations.selected();
    if (selected != null && visible.remove(selected)) {
      visible.add(0, selected);
    }
    for (Measurement m : visible) {
      int near = nearest(m, at);
      if (near >= 0 || onLine(m, at)) {
        held = m;
        handle = near;
        annotations.selectedProperty().set(m.id());
        return true;
      }
    }
    return false;
  }

  private int nearest(Measurement m, Point2D at) {
    if (m.kind() == MeasurementKind.FREEHAND) {
      return -1;
    }
    for (int i = 0; i < m.points().size(); i++) {
      if (pane.coordinates().toPane(m.points().get(i)).distance(at) <= REACH) {
        return i;
      }
    }
    return -1;
  }

  private boolean onLine(Measurement m, Point2D at) {
    List<Point2D> p = Measures.outline(m).stream().map(pane.coordinates()::toPane).toList();
    int sides = m.kind().isRegion() ? p.size() : p.size() - 1;
    for (int i = 0; i < sides; i++) {
      boolean gap = m.kind() == MeasurementKind.COBB && i == 1;
      if (!gap && distance(at, p.get(i), p.get((i + 1) % p.size())) <= REACH) {
        return true;
      }
    }
    return false;
  }

  private static double distance(Point2D at, Point2D a, Point2D b) {
    Point2D d = b.subtract(a);
    double square = d.dotProduct(d);
    double t = square == 0 ? 0 : Math.clamp(at.subtract(a).dotProduct(d) / square, 0, 1);
    return at.distance(a.add(d.multiply(t)));
  }

  private void drag(MouseEvent e) {
    if (pressed == null) {
      return;
    }
    // Also when it was given up: the rest of a drag is no gesture of its own.
    e.consume();
    if (held == null && !drawing) {
      return;
    }
    Vec3 at = pane.coordinates().toPatient(e.getX(), e.getY());
    if (held != null) {
      Vec3 to = asDeepAs(handle < 0 ? last : held.points().get(handle), at);
      Vec3 by = to.minus(last);
      held = handle < 0 ? held.moved(p -> p.plus(by)) : held.withPoint(handle, to);
      last = to;
      annotations.drag(held);
    } else if (kind.get() == MeasurementKind.FREEHAND) {
      if (pane.coordinates().toPane(drawn.get(drawn.size() - 1)).distance(e.getX(), e.getY())
          >= STEP) {
        drawn.add(at);
        show(drawn);
      }
    } else {
      show(with(at));
    }
  }

  /**
   * A place moved at right angles to the pane's slice until it is as deep as a point. A measurement
   * that is shown may lie beside the slice, by up to half a gap, and stays in its plane.
   */
  private Vec3 asDeepAs(Vec3 point, Vec3 at) {
    Vec3 normal = pane.geometry().plane().normal();
    return at.minus(normal.times(at.minus(point).dot(normal)));
  }

  private void release(MouseEvent e) {
    if (pressed == null) {
      return;
    }
    double length = pressed.distance(e.getX(), e.getY());
    pressed = null;
    e.consume();
    if (held != null) {
      letGo();
    } else if (drawing) {
      drawing = false;
      finish(pane.coordinates().toPatient(e.getX(), e.getY()), length);
    }
  }

  private void finish(Vec3 at, double length) {
    MeasurementKind k = kind.get();
    boolean freehand = k == MeasurementKind.FREEHAND;
    // A freehand region may end where it began.
    boolean shortDrag = length < LEAST && k != MeasurementKind.PROBE && !freehand;
    boolean secondLeg = k == MeasurementKind.ANGLE && drawn.size() == 2;
    if (shortDrag && !secondLeg) {
      if (drawn.size() % 2 == 1) {
        drawn.remove(drawn.size() - 1);
      }
      // The first of two drags still counts.
      show(drawn);
      return;
    }
    List<Vec3> points = freehand ? List.copyOf(drawn) : with(at);
    Measurement done = make(points);
    if (done == null && freehand) {
      cancel();
      return;
    }
    if (done == null) {
      // The first of two drags.
      drawn.clear();
      drawn.addAll(points);
      show(drawn);
      return;
    }
    drawn.clear();
    layer.draft(null);
    annotations.add(done);
    kind.set(null);
  }

  /** The points drawn so far and the pointer's. */
  private List<Vec3> with(Vec3 at) {
    if (kind.get() == MeasurementKind.PROBE) {
      return List.of(at);
    }
    if (kind.get() == MeasurementKind.RECTANGLE || kind.get() == MeasurementKind.ELLIPSE) {
      return corners(drawn.get(0), at);
    }
    List<Vec3> points = new ArrayList<>(drawn);
    points.add(at);
    return points;
  }

  /** The corners of the rectangle between two points, along the slice's axes. */
  private List<Vec3> corners(Vec3 a, Vec3 c) {
    Vec3 right = pane.plane().columnStep().unit();
    Vec3 across = right.times(c.minus(a).dot(right));
    return List.of(a, a.plus(across), c, c.minus(across));
  }

  private Measurement make(List<Vec3> points) {
    MeasurementKind k = kind.get();
    boolean enough =
        k == MeasurementKind.FREEHAND ? points.size() >= k.points() : points.size() == k.points();
    Series series = pane.seriesProperty().get();
    return enough ? Measurement.of(k, series.id(), series.frameOfReference(), points) : null;
  }

  /** Shows what there is so far; two points of more as a length. */
  private void show(List<Vec3> points) {
    Measurement m = make(points);
    if (m == null && points.size() >= 2) {
      m =
          Measurement.of(
              MeasurementKind.LENGTH, "", "", points.subList(points.size() - 2, points.size()));
    }
    layer.draft(m);
  }
}
