package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where slices lie: sheared and uneven lattices, and the slices near a point or a plane. */
class VolumeTest {

  /** Columns and rows of different spacing that are not at right angles. */
  private static final SlicePlane SHEARED =
      new SlicePlane(new Vec3(4, -7, 2), new Vec3(0.5, 0, 0), new Vec3(0.3, 0.8, 0), 6, 5);

  /** Slices at z = 0, 2, 5 and 9. */
  private static Volume uneven() {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    for (double z : new double[] {0, 2, 5, 9}) {
      planes.add(new SlicePlane(new Vec3(0, 0, z), new Vec3(1, 0, 0), new Vec3(0, 2, 0), 11, 8));
      slices.add(new Image2(11, 8));
    }
    return new Volume(planes, slices);
  }

  private static void assertAt(double x, double y, double z, Vec3 p) {
    assertEquals(0, new Vec3(x, y, z).minus(p).length(), 1e-12, p.toString());
  }

  @Test
  void aShearedLatticeGoesToThePatientAndBack() {
    assertAt(4 + 0.5 * 3 + 0.3 * 2, -7 + 0.8 * 2, 2, SHEARED.toPatient(3, 2));
    Pixel back = SHEARED.toPixel(new Vec3(4 + 0.5 * 3 + 0.3 * 2, -7 + 0.8 * 2, 17));
    assertEquals(3, back.column(), 1e-12);
    assertEquals(2, back.row(), 1e-12);
    assertEquals(0.5, SHEARED.columnSpacing(), 1e-12);
    assertEquals(Math.sqrt(0.73), SHEARED.rowSpacing(), 1e-12);
    // Half of (6 - 1, 5 - 1) pixels from the first one's centre.
    assertAt(4 + 0.5 * 2.5 + 0.3 * 2, -7 + 0.8 * 2, 2, SHEARED.centre());
    assertAt(0, 0, 1, SHEARED.normal());
    assertEquals(15, SHEARED.distance(new Vec3(100, 100, 17)), 1e-12);
    SlicePlane half = SHEARED.resampled(0.5, 2, 12, 3);
    assertAt(4 + 0.5, -7, 2, half.toPatient(2, 0));
    assertAt(4 + 0.6, -7 + 1.6, 2, half.toPatient(0, 1));
    assertEquals(12, half.columns());
    assertEquals(3, half.rows());
  }

  @Test
  void planesWithoutPixelsOrAreaAreRefused() {
    Vec3 x = new Vec3(1, 0, 0);
    Vec3 y = new Vec3(0, 1, 0);
    assertEquals(1, new SlicePlane(Vec3.ZERO, x, y, 1, 1).columns());
    for (int[] size : new int[][] {{0, 3}, {3, 0}, {-1, 3}}) {
      assertThrows(
          IllegalArgumentException.class, () -> new SlicePlane(Vec3.ZERO, x, y, size[0], size[1]));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new SlicePlane(Vec3.ZERO, x, new Vec3(2, 0, 0), 3, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SlicePlane(Vec3.ZERO, x, new Vec3(0, Double.NaN, 0), 3, 3));
    // Small pixels are pixels: what counts is the angle.
    Vec3 small = new Vec3(0, 1e-6, 0);
    assertEquals(1e-6, new SlicePlane(Vec3.ZERO, x.times(1e-6), small, 3, 3).rowSpacing(), 1e-18);
  }

  @Test
  void slicesMustFitTheirPlanes() {
    Volume v = uneven();
    assertThrows(
        IllegalArgumentException.class, () -> new Volume(v.planes(), v.slices().subList(0, 3)));
    assertThrows(IllegalArgumentException.class, () -> new Volume(List.of(), List.of()));
    for (Image2 wrong : List.of(new Image2(10, 8), new Image2(11, 9))) {
      List<Image2> slices = new ArrayList<>(v.slices());
      slices.set(2, wrong);
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> new Volume(v.planes(), slices))
              .getMessage()
              .contains("slice 2"));
    }
    assertEquals(11, v.columns());
    assertEquals(8, v.rows());
    assertEquals(List.of(2.0, 3.0, 4.0), v.gaps());
  }

  @Test
  void theNearestSliceIsTheNearestPlane() {
    Volume v = uneven();
    double[] heights = {-50, 0.9, 1.1, 3.4, 3.6, 6.9, 7.1, 50};
    int[] nearest = {0, 0, 1, 1, 2, 2, 3, 3};
    for (int i = 0; i < heights.length; i++) {
      assertEquals(nearest[i], v.nearestSlice(new Vec3(3, 4, heights[i])), "z = " + heights[i]);
    }
  }

  @Test
  void slicesNearAPlaneLieWithinTheWidestGap() {
    Volume v = uneven();
    Vec3 x = new Vec3(1, 0, 0);
    // The widest gap is 4: a plane at z = 3 has slices 0 to 2 within it, at z = 4 only 1 and 2.
    assertEquals(
        List.of(0, 1, 2),
        v.slicesNear(new SlicePlane(new Vec3(0, 0, 3), x, new Vec3(0, 1, 0), 5, 5)));
    assertEquals(
        List.of(1, 2), v.slicesNear(new SlicePlane(new Vec3(0, 0, 4), x, new Vec3(0, 1, 0), 5, 5)));
    // A plane across all of them, and one that rises from z = 8 to z = 12 along its rows.
    assertEquals(
        List.of(0, 1, 2, 3), v.slicesNear(new SlicePlane(Vec3.ZERO, x, new Vec3(0, 0, 3), 5, 4)));
    assertEquals(
        List.of(2, 3), v.slicesNear(new SlicePlane(new Vec3(0, 0, 8), x, new Vec3(0, 3, 1), 5, 5)));
    assertEquals(
        List.of(2, 3),
        v.slicesNear(
            new SlicePlane(new Vec3(0, 0, 8), new Vec3(3, 0, 1), new Vec3(0, 1, 0), 5, 5)));
  }
}
