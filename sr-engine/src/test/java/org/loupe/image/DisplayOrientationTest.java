package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayOrientationTest {

  private static final Vec3[] AXES = {new Vec3(1, 0, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1)};

  /** All 48 ways to lay an array along the patient's axes, straight and tilted by 15 degrees. */
  @Test
  void showsEveryArrayByConvention() {
    int[][] orders = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      for (int signs = 0; signs < 8; signs++) {
        for (double tilt : new double[] {0, Math.toRadians(15)}) {
          Vec3[] steps = new Vec3[3];
          for (int axis = 0; axis < 3; axis++) {
            double sign = (signs >> axis & 1) == 0 ? 1 : -1;
            steps[axis] = tilted(AXES[order[axis]], tilt).times(sign * (1 + 0.3 * axis));
          }
          Volume volume = volume(steps[0], steps[1], steps[2]);
          assertConvention(volume, order[2]);
        }
      }
    }
  }

  /** Any of the eight ways to lay a slice on the screen; the slices keep their order. */
  @Test
  void turnsTowardsDirections() {
    Vec3 across = tilted(AXES[1], 0.2);
    Vec3 down = tilted(AXES[2], 0.2).times(-1);
    Vec3 normal = across.cross(down);
    Volume volume = volume(across, down.times(1.3), normal.times(2));
    List<Vec3> axes = List.of(across, across.times(-1), down, down.times(-1));
    int ways = 0;
    for (Vec3 right : axes) {
      for (Vec3 bottom : axes) {
        if (Math.abs(right.dot(bottom)) < 1e-9) {
          DisplayOrientation turn = DisplayOrientation.towards(volume.plane(0), right, bottom);
          SlicePlane shown = turn.apply(volume).plane(1);
          assertEquals(1, shown.columnStep().unit().dot(right), 1e-9);
          assertEquals(1, shown.rowStep().unit().dot(bottom), 1e-9);
          assertEquals(0, shown.distance(volume.plane(1).origin()), 1e-9);
          ways++;
        }
      }
    }
    assertEquals(8, ways);
    assertTrue(DisplayOrientation.towards(volume.plane(0), across, down).isIdentity());
  }

  private static void assertConvention(Volume volume, int normalAxis) {
    DisplayOrientation orientation = DisplayOrientation.of(volume);
    Volume shown = orientation.apply(volume);
    DisplayOrientation.Edges edges = DisplayOrientation.edges(shown.plane(0));
    String all = edges.left() + edges.right() + edges.top() + edges.bottom();
    String want = normalAxis == 2 ? "RLAP" : normalAxis == 1 ? "RLHF" : "APHF";
    assertEquals(want, all);
    assertTrue(DisplayOrientation.of(shown).isIdentity());
    if (shown.depth() > 1) {
      assertTrue(shown.plane(0).distance(shown.plane(1).origin()) > 0);
    }
    // The value of a voxel is the hash of its place.
    for (int k = 0; k < shown.depth(); k++) {
      for (int r = 0; r < shown.rows(); r++) {
        for (int c = 0; c < shown.columns(); c++) {
          assertEquals(mark(shown.plane(k).toPatient(c, r)), shown.slice(k).at(c, r), 1e-3f);
        }
      }
    }
    List<Integer> order = orientation.apply(List.of(0, 1, 2));
    for (int k = 0; k < 3; k++) {
      double distance = shown.plane(k).distance(volume.plane(order.get(k)).origin());
      assertEquals(0, distance, 1e-9);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, L",
    "-0.98, 0.17, 0.05, R",
    "-0.8, -0.6, 0, RA",
    "0, 0.6, -0.8, FP",
    "0.1, -0.99, 0, A"
  })
  void namesDirections(double x, double y, double z, String letters) {
    assertEquals(letters, DisplayOrientation.letters(new Vec3(x, y, z)));
  }

  private static Vec3 tilted(Vec3 v, double angle) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    Vec3 aboutX = new Vec3(v.x(), c * v.y() - s * v.z(), s * v.y() + c * v.z());
    return new Vec3(c * aboutX.x() - s * aboutX.y(), s * aboutX.x() + c * aboutX.y(), aboutX.z());
  }

  private static float mark(Vec3 p) {
    return (float) (p.x() + 20 * p.y() + 400 * p.z());
  }

  private static Volume volume(Vec3 across, Vec3 down, Vec3 through) {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      SlicePlane plane =
          new SlicePlane(new Vec3(5, -3, 8).plus(through.times(k)), across, down, 4, 5);
      float[] values = new float[20];
      for (int n = 0; n < 20; n++) {
        values[n] = mark(plane.toPatient(n % 4, Math.floorDiv(n, 4)));
      }
      planes.add(plane);
      slices.add(new Image2(values, 4, 5));
    }
    return new Volume(planes, slices);
  }
}
