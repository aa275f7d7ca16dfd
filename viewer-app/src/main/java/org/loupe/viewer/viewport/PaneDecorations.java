package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.layout.Pane;
import org.loupe.image.Vec3;

/** The marks over a pane's image, later ones over earlier ones. */
final class PaneDecorations extends Pane {

  private final List<PaneDecoration> all = new ArrayList<>();

  PaneDecorations() {
    setManaged(false);
    setPickOnBounds(false);
  }

  /**
   * Adds marks.
   *
   * @param geometry where the image lies; null in an empty pane
   */
  void add(PaneDecoration decoration, PaneGeometry geometry) {
    all.add(decoration);
    getChildren().add(decoration.node());
    decoration.update(geometry);
  }

  /** Whether super-resolved pixels are in one of them. */
  boolean showResolved() {
    return all.stream().anyMatch(PaneDecoration::showsResolved);
  }

  /** Whether something of them is still being made. */
  boolean pending() {
    return all.stream().anyMatch(PaneDecoration::pending);
  }

  /** What they tell of a place in the patient, line by line; empty for nothing. */
  String told(Vec3 point) {
    return all.stream()
        .map(d -> d.told(point))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /** Draws them anew; null for an empty pane. */
  void update(PaneGeometry geometry) {
    all.forEach(d -> d.update(geometry));
  }
}
