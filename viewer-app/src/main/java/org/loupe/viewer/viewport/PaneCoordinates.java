package org.loupe.viewer.viewport;

import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import org.loupe.image.Pixel;
import org.loupe.image.Vec3;

/**
 * From a pane's own coordinates (units of the scene, from its top left corner) to device pixels and
 * to the patient, and back. Centres of device pixels are whole numbers of device pixels.
 */
public final class PaneCoordinates {

  private final Screen screen;
  private final ObservableValue<Number> outputScale;
  private final Supplier<PaneGeometry> geometry;

  /**
   * @param outputScale device pixels per unit of the scene
   * @param geometry where the pane's device pixels lie; null before the first painting
   */
  PaneCoordinates(
      Screen screen, ObservableValue<Number> outputScale, Supplier<PaneGeometry> geometry) {
    this.screen = screen;
    this.outputScale = outputScale;
    this.geometry = geometry;
  }

  /** Device pixels per unit of the scene. */
  double scale() {
    return outputScale.getValue().doubleValue();
  }

  /** A length in device pixels. */
  public double deviceLength(double length) {
    return length * scale();
  }

  /** A coordinate in device pixels. */
  double device(double coordinate) {
    return deviceLength(coordinate) - 0.5;
  }

  /** A coordinate as offset from the pane's middle, device pixels. */
  public double fromMiddleX(double x) {
    return device(x) - (screen.width() - 1) / 2.0;
  }

  /** A coordinate as offset from the pane's middle, device pixels. */
  public double fromMiddleY(double y) {
    return device(y) - (screen.height() - 1) / 2.0;
  }

  /** Where a patient position is in the pane; only with a geometry. */
  public Point2D toPane(Vec3 point) {
    PaneGeometry g = geometry.get();
    Pixel p = g.plane().toPixel(point);
    return new Point2D(
        (g.deviceX(p.column()) + 0.5) / scale(), (g.deviceY(p.row()) + 0.5) / scale());
  }

  /** The patient position under a place in the pane; only with a geometry. */
  public Vec3 toPatient(double x, double y) {
    return geometry.get().patientAt(device(x), device(y));
  }
}
