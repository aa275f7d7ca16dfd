package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.image.Pixel;
import org.loupe.image.Window;

class ZoomPathTest {

  private static ViewState view(int slice, double column, double row, double mm) {
    return new ViewState(slice, new Pixel(column, row), mm, new Window(10 * slice, 100));
  }

  @Test
  void oneImagePointStandsStillThroughoutAZoom() {
    ZoomPath path = ZoomPath.along(List.of(view(2, 100, 100, 1), view(2, 40, 130, 0.25)), 12);
    assertEquals(13, path.frames().size());
    // On the screen at (p - centre) / mm; at first and last view the same for this p.
    double column = (100 / 1.0 - 40 / 0.25) / (1 / 1.0 - 1 / 0.25);
    double at = (column - 100) / 1.0;
    double before = 2;
    for (ViewState s : path.frames()) {
      assertEquals(at, (column - s.centre().column()) / s.mmPerPixel(), 1e-9);
      assertTrue(s.mmPerPixel() < before);
      before = s.mmPerPixel();
      assertEquals(20, s.window().centre());
    }
    assertEquals(0.5, path.frames().get(6).mmPerPixel(), 1e-12);
  }

  @Test
  void panningAndScrollingGoStraight() {
    ZoomPath path =
        ZoomPath.along(List.of(view(0, 10, 10, 0.5), view(4, 30, 50, 0.5), view(4, 30, 50, 1)), 4);
    assertEquals(9, path.frames().size());
    ViewState middle = path.frames().get(2);
    assertEquals(new Pixel(20, 30), middle.centre());
    assertEquals(2, middle.slice());
    assertEquals(view(4, 30, 50, 0.5).centre(), path.frames().get(4).centre());
    assertEquals(0, path.frames().get(8).window().centre());
  }
}
