package org.loupe.viewer.viewport;

import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.image.Vec3;
import org.loupe.viewer.Texts;

/**
 * What lies under the pointer.
 *
 * @param patient position, LPS mm
 * @param original value of the acquired pixel whose area holds the position, units of the series
 * @param resolved super-resolved value of the device pixel; NaN where there is none
 * @param expectedError mean absolute error of {@code resolved} that the model expects; NaN where
 *     there is none
 */
public record Probe(Vec3 patient, double original, double resolved, double expectedError) {

  /**
   * Reads the value at a device pixel; null outside the image.
   *
   * @param layer where the super-resolved values are
   */
  static Probe at(PaneGeometry geometry, Image2 slice, SrLayer layer, double x, double y) {
    Pixel p = geometry.latticeAt(x, y);
    int column = (int) Math.floor(p.column() + 0.5);
    int row = (int) Math.floor(p.row() + 0.5);
    if (column < 0 || row < 0 || column >= slice.width() || row >= slice.height()) {
      return null;
    }
    int outX = geometry.view().x() + (int) Math.round(x);
    int outY = geometry.view().y() + (int) Math.round(y);
    return new Probe(
        geometry.plane().toPatient(p.column(), p.row()),
        slice.at(column, row),
        layer.valueAt(outX, outY),
        layer.errorAt(outX, outY));
  }

  /** For the pane: values, and the position with the letters of its directions. */
  String text() {
    String where =
        Texts.of(
            "probe.where",
            patient.x() < 0 ? "R" : "L",
            Math.abs(patient.x()),
            patient.y() < 0 ? "A" : "P",
            Math.abs(patient.y()),
            patient.z() < 0 ? "I" : "S",
            Math.abs(patient.z()));
    return values() + "\n" + where;
  }

  /** The values alone, of an image without a place in the patient. */
  String values() {
    return Double.isNaN(resolved)
        ? Texts.of("probe.original", Badge.number(original))
        : Texts.of(
            "probe.both",
            Badge.number(original),
            Badge.number(resolved),
            Badge.number(expectedError));
  }
}
