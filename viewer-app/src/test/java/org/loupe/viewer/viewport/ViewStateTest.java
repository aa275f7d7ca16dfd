package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Window;

class ViewStateTest {

  /** 100 columns of 0.5 mm, 80 rows of 1 mm: 50 x 80 mm. */
  private static final SlicePlane PLANE =
      new SlicePlane(Vec3.ZERO, new Vec3(0.5, 0, 0), new Vec3(0, 1, 0), 100, 80);

  private static final Window WINDOW = new Window(50, 100);

  @Test
  void fitShowsTheWholeSlice() {
    ViewState s = ViewState.fit(PLANE, 3, WINDOW, 400, 400);
    // The height is the tighter side: 80 mm on 400 pixels.
    assertEquals(0.2, s.mmPerPixel(), 1e-12);
    assertEquals(new Pixel(49.5, 39.5), s.centre());
    assertEquals(2.5, s.zoom(PLANE), 1e-12);
  }

  @Test
  void whatLiesUnderThePointerStaysThereWhenZooming() {
    ViewState before = ViewState.fit(PLANE, 0, WINDOW, 400, 400);
    double right = -37;
    double down = 61;
    ViewState after = before.zoomedAround(PLANE, 1.7, right, down);
    assertEquals(1.7, before.mmPerPixel() / after.mmPerPixel(), 1e-12);
    assertEquals(under(before, right, down).x(), under(after, right, down).x(), 1e-9);
    assertEquals(under(before, right, down).y(), under(after, right, down).y(), 1e-9);
  }

  @Test
  void theImageFollowsAPan() {
    ViewState before = ViewState.fit(PLANE, 0, WINDOW, 400, 400);
    ViewState after = before.panned(PLANE, 10, -4);
    Vec3 there = under(before, 0, 0);
    assertEquals(there.x(), under(after, 10, -4).x(), 1e-9);
    assertEquals(there.y(), under(after, 10, -4).y(), 1e-9);
  }

  @Test
  void zoomIsCountedInAcquiredPixelsOfTheFinerAxis() {
    ViewState s = ViewState.fit(PLANE, 0, WINDOW, 400, 400).withZoom(PLANE, 3.37);
    assertEquals(0.5 / 3.37, s.mmPerPixel(), 1e-12);
  }

  @Test
  void theImageCannotBeLost() {
    ViewState s = ViewState.fit(PLANE, 0, WINDOW, 400, 400).panned(PLANE, 1e6, -1e6);
    assertEquals(new Pixel(-0.5, 79.5), s.centre());
  }

  @Test
  void zoomStopsAtItsLimits() {
    ViewState s = ViewState.fit(PLANE, 0, WINDOW, 400, 400);
    assertEquals(16, s.zoomedAround(PLANE, 1e9, 0, 0).zoom(PLANE), 1e-9);
    assertTrue(s.zoomedAround(PLANE, 1e-9, 0, 0).zoom(PLANE) >= ViewState.MIN_ZOOM - 1e-9);
  }

  private static Vec3 under(ViewState s, double right, double down) {
    return PLANE.toPatient(
        s.centre().column() + right * s.mmPerPixel() / PLANE.columnSpacing(),
        s.centre().row() + down * s.mmPerPixel() / PLANE.rowSpacing());
  }
}
