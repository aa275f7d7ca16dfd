package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class OrientationTest {

  private static final float[] ROWS = {1, 2, 3, 4, 5, 6};

  @Test
  void turnsTheLastTwoAxes() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        NDManager user = manager.newSubManager()) {
      NDArray image = manager.create(ROWS, new Shape(2, 3));
      assertTurned(new float[] {1, 2, 3, 4, 5, 6}, new Orientation(false, false, false), image);
      assertTurned(new float[] {4, 5, 6, 1, 2, 3}, new Orientation(false, true, false), image);
      assertTurned(new float[] {3, 2, 1, 6, 5, 4}, new Orientation(false, false, true), image);
      assertTurned(new float[] {1, 4, 2, 5, 3, 6}, new Orientation(true, false, false), image);
      assertTurned(new float[] {6, 3, 5, 2, 4, 1}, new Orientation(true, true, true), image);

      NDArray stack = image.stack(image.mul(10));
      NDArray turned = new Orientation(true, false, true).apply(stack, user);
      assertEquals(new Shape(2, 3, 2), turned.getShape());
      assertArrayEquals(
          new float[] {4, 1, 5, 2, 6, 3, 40, 10, 50, 20, 60, 30}, turned.toFloatArray());
      assertEquals(user, turned.getManager());
    }
  }

  private static void assertTurned(float[] wanted, Orientation orientation, NDArray image) {
    try (NDManager user = image.getManager().newSubManager()) {
      NDArray turned = orientation.apply(image, user);
      long rows = orientation.transposed() ? 3 : 2;
      assertEquals(new Shape(rows, 6 / rows), turned.getShape());
      assertArrayEquals(wanted, turned.toFloatArray(), orientation.toString());
    }
    assertArrayEquals(ROWS, image.toFloatArray(), "the source changed");
  }
}
