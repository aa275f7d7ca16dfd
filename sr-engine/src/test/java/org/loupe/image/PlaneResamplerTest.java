package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlaneResamplerTest {

  private static final Vec3 X = new Vec3(1, 0, 0);
  private static final Vec3 Y = new Vec3(0, 1, 0);
  private static final Vec3 Z = new Vec3(0, 0, 1);

  /** Cubic and linear interpolation both keep linear functions, so each value is known. */
  private static float linear(Vec3 p) {
    return (float) (3 * p.x() - 2 * p.y() + 5 * p.z() + 400);
  }

  @Test
  void valuesLieWhereTheyLieInThePatient() {
    double[][] stacks = {{0, 4, 8, 12, 16, 20}, {0, 3, 8, 12, 13.5, 20}, {20, 16, 12, 8, 4, 0}};
    Vec3 across = new Vec3(0.96, 0.28, 0);
    Vec3 down = new Vec3(-0.28, 0.96, 0);
    Vec3 tilted = new Vec3(0.6, 0, 0.8);
    List<SlicePlane> targets =
        List.of(
            new SlicePlane(new Vec3(7, 3, 9.3), X.times(1.5), Y.times(1.2), 10, 13),
            new SlicePlane(new Vec3(9, 3, 9.3), across.times(0.7), down.times(0.7), 12, 13),
            new SlicePlane(new Vec3(6, 3, 6), tilted, Y, 14, 13),
            new SlicePlane(new Vec3(8, 3, 2), Y, Z.times(0.9), 14, 18));
    for (double[] positions : stacks) {
      for (Vec3 shear : new Vec3[] {Vec3.ZERO, new Vec3(0.2, -0.1, 0)}) {
        Volume source = ramp(X.times(0.8), Y.times(1.1), shear, positions);
        for (SlicePlane target : targets) {
          PlaneResampler.Resliced cut = PlaneResampler.toPlane(source, target);
          assertEquals(1, cut.coverage());
          assertEverywhere(cut, target);
        }
      }
    }
  }

  private static void assertEverywhere(PlaneResampler.Resliced cut, SlicePlane target) {
    for (int r = 0; r < cut.image().height(); r++) {
      for (int c = 0; c < cut.image().width(); c++) {
        Vec3 p = target.toPatient(c * cut.columnRatio(), r * cut.rowRatio());
        assertEquals(linear(p), cut.image().at(c, r), 0.01f);
      }
    }
  }

  @Test
  void usesTheSourcesResolutionAlongEachAxis() {
    Volume source = ramp(X.times(0.5), Y.times(0.25), Vec3.ZERO, 0, 5, 10);
    SlicePlane target = new SlicePlane(new Vec3(0.1, 0.1, 2), Y, X.times(0.75), 8, 9);
    PlaneResampler.Resliced cut = PlaneResampler.toPlane(source, target);
    assertEquals(0.25, cut.columnRatio(), 1e-12);
    assertEquals(2 / 3.0, cut.rowRatio(), 1e-12);
    assertEquals(32, cut.image().width());
    assertEquals(14, cut.image().height());
    // Coarser than the target: the target's own step.
    SlicePlane fine = new SlicePlane(new Vec3(1, 1, 2), X.times(0.2), Y.times(0.2), 8, 9);
    assertEquals(1, PlaneResampler.toPlane(source, fine).columnRatio());
    // Across the slices of the source, 5 mm apart.
    SlicePlane upright = new SlicePlane(new Vec3(1, 1, 0), X.times(6), Z.times(6), 2, 2);
    assertEquals(5 / 6.0, PlaneResampler.toPlane(source, upright).rowRatio(), 1e-12);
  }

  @Test
  void copiesPixelsOfACoincidingLattice() {
    Random random = new Random(3);
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    Vec3 across = new Vec3(0.96, 0.28, 0).times(0.6);
    Vec3 down = new Vec3(-0.28, 0.96, 0).times(0.5);
    for (int k = 0; k < 3; k++) {
      planes.add(new SlicePlane(new Vec3(-7, 2, 3.0 * k), across, down, 9, 12));
      float[] values = new float[108];
      for (int n = 0; n < values.length; n++) {
        values[n] = random.nextFloat();
      }
      slices.add(new Image2(values, 9, 12));
    }
    Volume source = new Volume(planes, slices);
    // The target has a third of the columns and 5 rows for 12; steps rounded as in a file.
    SlicePlane target = planes.get(1).resampled((float) (9 / 3.0), (float) (12 / 5.0), 3, 5);
    PlaneResampler.Resliced cut = PlaneResampler.toPlane(source, target);
    assertArrayEquals(slices.get(1).values(), cut.image().values());
    assertEquals(5 / 12.0, cut.rowRatio(), 1e-6);
    assertEquals(1, cut.coverage());
    // One source pixel further: shifted, with zeros where the source ends.
    SlicePlane next = new SlicePlane(planes.get(2).toPatient(1, 0), across, down, 9, 12);
    PlaneResampler.Resliced shifted = PlaneResampler.toPlane(source, next);
    assertEquals(slices.get(2).at(5, 7), shifted.image().at(4, 7));
    assertEquals(0, shifted.image().at(8, 7));
    assertEquals(8 / 9.0, shifted.coverage(), 1e-12);
  }

  @Test
  void isZeroOutsideTheFieldOfView() {
    Volume source = ramp(X, Y, Vec3.ZERO, 0, 4);
    SlicePlane above = new SlicePlane(new Vec3(3, 3, 6.1), X, Y, 4, 4);
    PlaneResampler.Resliced cut = PlaneResampler.toPlane(source, above);
    assertEquals(0, cut.coverage());
    assertArrayEquals(new float[16], cut.image().values());
    // Within half a gap the outermost slice still counts.
    SlicePlane just = new SlicePlane(new Vec3(3, 3, 5.9), X, Y, 4, 4);
    PlaneResampler.Resliced end = PlaneResampler.toPlane(source, just);
    assertEquals(1, end.coverage());
    assertEquals(linear(new Vec3(4, 5, 4)), end.image().at(1, 2), 1e-3f);
  }

  @Test
  void takesTheNearestLabel() {
    Volume source = ramp(X, Y, Vec3.ZERO, 0, 4);
    SlicePlane lattice = new SlicePlane(new Vec3(3.3, 3.6, 1.9), X, Y, 4, 4);
    Image2 labels = PlaneResampler.nearest(source, lattice);
    assertEquals(linear(new Vec3(3, 4, 0)), labels.at(0, 0));
  }

  @Test
  void projectsNeighboursOntoTheSlicesLattice() {
    Volume straight = ramp(X, Y, Vec3.ZERO, 0, 4);
    assertSame(
        straight.slice(0),
        PlaneResampler.project(straight.slice(0), straight.plane(0), straight.plane(1)));
    Volume sheared = ramp(X, Y, new Vec3(0.5, 0.25, 0), 0, 4);
    Image2 moved = PlaneResampler.project(sheared.slice(0), sheared.plane(0), sheared.plane(1));
    // Slice 1 starts 2 mm further along x and 1 mm along y.
    assertEquals(linear(new Vec3(2 + 3, 1 + 4, 0)), moved.at(3, 4), 1e-3f);
    assertTrue(moved.at(29, 4) == 0);
  }

  /** A stack of 30 x 30 pixels; shear moves a slice by so much for each mm along z. */
  private static Volume ramp(Vec3 across, Vec3 down, Vec3 shear, double... positions) {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    for (double z : positions) {
      Vec3 origin = Z.times(z).plus(shear.times(z));
      SlicePlane plane = new SlicePlane(origin, across, down, 30, 30);
      float[] values = new float[900];
      for (int n = 0; n < 900; n++) {
        values[n] = linear(plane.toPatient(n % 30, Math.floorDiv(n, 30)));
      }
      planes.add(plane);
      slices.add(new Image2(values, 30, 30));
    }
    return new Volume(planes, slices);
  }
}
