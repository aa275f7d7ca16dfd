package org.loupe.viewer.viewport;

import javafx.scene.Node;
import org.loupe.image.Vec3;

/** Marks over the image of a pane: measurements, reference lines, a lens. FX thread. */
public interface PaneDecoration {

  /** What is laid over the image, in the pane's coordinates. */
  Node node();

  /** Whether super-resolved pixels are in what is laid over the image now. */
  default boolean showsResolved() {
    return false;
  }

  /** Whether something that is to be laid over the image is still being made, and not there yet. */
  default boolean pending() {
    return false;
  }

  /**
   * What the marks tell of a place in the patient, for the readout under the pointer; empty for
   * nothing.
   *
   * @param point LPS mm
   */
  default String told(Vec3 point) {
    return "";
  }

  /** Called after each painting, with the geometry of that moment; null for an empty pane. */
  void update(PaneGeometry geometry);
}
