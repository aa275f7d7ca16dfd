package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.image.Window;
import org.loupe.study.Series;

class WindowsTest {

  /** Half air (0), half a ramp from 100 to 1099. */
  private static Series ramp(Window tags) {
    float[] v = new float[2000];
    for (int i = 0; i < 1000; i++) {
      v[i] = 100 + i;
    }
    SlicePlane plane = new SlicePlane(Vec3.ZERO, new Vec3(1, 0, 0), new Vec3(0, 1, 0), 50, 40);
    Volume volume = new Volume(List.of(plane), List.of(new Image2(v, 50, 40)));
    return new Series("1", "", Contrast.T2, "", "f", volume, tags, List.of("1.1"), List.of());
  }

  @Test
  void tagsCountWhereThereAreSome() {
    Window tags = new Window(300, 500);
    assertEquals(tags, Windows.TAGS.of(ramp(tags)));
    assertEquals(Windows.AUTO.of(ramp(null)), Windows.TAGS.of(ramp(null)));
  }

  @Test
  void autoLeavesOutTheBrightestAndKeepsAirBlack() {
    Window w = Windows.AUTO.of(ramp(null));
    assertEquals(0, w.centre() - w.width() / 2, 1e-9);
    // 99.5 % of 1000 values from 100 on.
    assertEquals(1094, w.centre() + w.width() / 2, 2);
  }

  @Test
  void fullHoldsEverything() {
    Window w = Windows.FULL.of(ramp(null));
    assertEquals(0, w.centre() - w.width() / 2, 1e-9);
    assertEquals(1099, w.centre() + w.width() / 2, 1e-9);
  }

  @Test
  void anEmptyImageHasAWindowToo() {
    SlicePlane plane = new SlicePlane(Vec3.ZERO, new Vec3(1, 0, 0), new Vec3(0, 1, 0), 4, 4);
    Volume volume = new Volume(List.of(plane), List.of(new Image2(4, 4)));
    Series s = new Series("1", "", Contrast.T2, "", "f", volume, null, List.of("1.1"), List.of());
    for (Windows preset : Windows.values()) {
      assertTrue(preset.of(s).width() > 0);
    }
  }
}
