package org.loupe.viewer.viewport;

import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.shape.Circle;
import org.loupe.sr.ReferenceOnly;
import org.loupe.viewer.Texts;

/** Rings around what only the reference shows. */
public final class ReferenceMarks implements PaneDecoration {

  /** Smallest ring, and its distance from what it encloses, units of the scene. */
  private static final double LEAST = 9;

  private static final double MARGIN = 4;

  private final ImagePane pane;
  private final Group node = new Group();

  public ReferenceMarks(ImagePane pane) {
    this.pane = pane;
    node.setManaged(false);
    node.setMouseTransparent(true);
    node.setId("reference-marks");
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public void update(PaneGeometry geometry) {
    node.getChildren().clear();
    List<ReferenceOnly.Place> places = geometry == null ? null : pane.referenceOnly();
    if (places == null) {
      return;
    }
    double unit = pane.coordinates().deviceLength(1);
    for (ReferenceOnly.Place place : places) {
      Point2D at =
          pane.coordinates().toPane(geometry.plane().toPatient(place.column(), place.row()));
      double radius = place.radius() / geometry.view().columnStep() / unit + MARGIN;
      Circle ring = new Circle(at.getX(), at.getY(), Math.max(LEAST, radius));
      ring.setFill(null);
      ring.getStyleClass().add("reference-mark");
      Label text = new Label(Texts.of("reference.change", Badge.number(place.change())));
      text.getStyleClass().add("reference-mark-text");
      text.relocate(at.getX() + ring.getRadius() + 3, at.getY() - 8);
      node.getChildren().addAll(ring, text);
    }
  }
}
