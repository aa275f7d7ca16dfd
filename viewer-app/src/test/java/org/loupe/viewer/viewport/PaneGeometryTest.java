package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Window;
import org.loupe.sr.View;

class PaneGeometryTest {

  private static final SlicePlane PLANE =
      new SlicePlane(new Vec3(-20, -30, 5), new Vec3(0.8, 0, 0), new Vec3(0, 0.8, 0), 50, 60);

  private static final Window WINDOW = new Window(50, 100);

  private static ViewState at(double column, double row, double zoom) {
    return new ViewState(0, new Pixel(column, row), 0.8 / zoom, WINDOW);
  }

  @Test
  void devicePixelsLieOnTheLatticeOfTheSlice() {
    PaneGeometry g = PaneGeometry.of(PLANE, at(20, 30, 4), 101, 81);
    // Four output pixels a column: the middle one of 101 is output pixel 80.
    assertEquals(new View(0.25, 0.25, 30, 80, 101, 81), round(g.view()));
    assertEquals(20, g.latticeAt(50, 40).column(), 1e-9);
    assertEquals(30, g.latticeAt(50, 40).row(), 1e-9);
    Vec3 patient = g.patientAt(50, 40);
    assertEquals(-20 + 20 * 0.8, patient.x(), 1e-9);
    assertEquals(-30 + 30 * 0.8, patient.y(), 1e-9);
    assertEquals(50, g.deviceX(20), 1e-9);
    assertEquals(40, g.deviceY(30), 1e-9);
  }

  /** Steps are quotients of floating-point lengths. */
  private static View round(View v) {
    return new View(
        Math.rint(v.columnStep() * 1e9) / 1e9,
        Math.rint(v.rowStep() * 1e9) / 1e9,
        v.x(),
        v.y(),
        v.width(),
        v.height());
  }

  @Test
  void panningByWholePixelsKeepsTheLattice() {
    ViewState s = at(20.13, 30.41, 3.37);
    PaneGeometry before = PaneGeometry.of(PLANE, s, 100, 80);
    PaneGeometry after = PaneGeometry.of(PLANE, s.panned(PLANE, 7, -5), 100, 80);
    assertEquals(before.view().x() - 7, after.view().x());
    assertEquals(before.view().y() + 5, after.view().y());
    assertEquals(before.view().columnStep(), after.view().columnStep());
  }

  @Test
  void theImageEndsAtItsPixelsEdges() {
    PaneGeometry g = PaneGeometry.of(PLANE, at(24.5, 29.5, 2), 400, 400);
    View on = g.onImage();
    // Centres from -0.5 to 49.5 at half columns: output pixels -1 to 98.
    assertEquals(-1, on.x());
    assertEquals(100, on.width());
    assertEquals(-1, on.y());
    assertEquals(120, on.height());
  }

  @Test
  void aViewBesideTheImageHasNothingOfIt() {
    assertNull(PaneGeometry.of(PLANE, at(-500, 30, 2), 40, 40).onImage());
  }
}
