package org.loupe.viewer.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.image.RigidTransform;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.image.Window;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ViewState;

class PaneLinkTest {

  private static final Window WINDOW = new Window(1, 2);
  private static final Window OTHER_WINDOW = new Window(5, 6);

  private static Series stack(
      Vec3 origin, Vec3 column, Vec3 row, Vec3 gap, int width, int height, int depth) {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int k = 0; k < depth; k++) {
      planes.add(new SlicePlane(origin.plus(gap.times(k)), column, row, width, height));
      slices.add(new Image2(width, height));
      ids.add("i" + k);
    }
    Volume volume = new Volume(planes, slices);
    return new Series("s", "", Contrast.T2, "", "f", volume, null, ids, List.of());
  }

  private final Series source =
      stack(
          new Vec3(-50, -60, -20),
          new Vec3(0.5, 0, 0),
          new Vec3(0, 0.5, 0),
          new Vec3(0, 0, 4),
          200,
          240,
          10);

  @Test
  void anotherGridShowsTheSamePatientPoint() {
    Series target =
        stack(
            new Vec3(-40, -70, -19),
            new Vec3(1, 0, 0),
            new Vec3(0, 2, 0),
            new Vec3(0, 0, 3),
            80,
            70,
            20);
    // Slice 5 at z = 0; pixel (120, 100) at x = 10, y = -10.
    ViewState from = new ViewState(5, new Pixel(120, 100), 0.2, WINDOW);
    ViewState own = new ViewState(0, new Pixel(0, 0), 9, OTHER_WINDOW);
    ViewState moved = PaneLink.transfer(source, from, target, own, RigidTransform.IDENTITY);
    // z = -19 + 3 * 6 = -1 is nearest to 0; column 10 + 40, row (-10 + 70) / 2.
    assertEquals(6, moved.slice());
    assertEquals(50, moved.centre().column(), 1e-9);
    assertEquals(30, moved.centre().row(), 1e-9);
    assertEquals(0.2, moved.mmPerPixel());
    assertEquals(OTHER_WINDOW, moved.window());
  }

  @Test
  void planesAcrossShareTheSliceOnly() {
    Series sagittal =
        stack(
            new Vec3(-30, -60, 60),
            new Vec3(0, 1, 0),
            new Vec3(0, 0, -1),
            new Vec3(5, 0, 0),
            120,
            120,
            12);
    ViewState from = new ViewState(5, new Pixel(120, 100), 0.2, WINDOW);
    ViewState own = new ViewState(0, new Pixel(7, 8), 9, OTHER_WINDOW);
    ViewState moved = PaneLink.transfer(source, from, sagittal, own, RigidTransform.IDENTITY);
    // x = 10 = -30 + 5 * 8.
    assertEquals(own.withSlice(8), moved);
  }
}
