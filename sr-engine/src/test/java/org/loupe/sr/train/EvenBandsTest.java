package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.PhaseAxis;

class EvenBandsTest {

  private static final int W = 105;
  private static final int H = 119;

  /** 75 of 105 columns of 0.7 mm were measured: 0.98 mm, of which 85 fill 119 rows. */
  @Test
  void cropsBothAxesToTheCoarserMeasuredWidth() {
    Image2 slice = Fixtures.pattern(W, H, 2);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      TrainingCase even = new EvenBands(manager).of(stored(slice, 75, manager)).orElseThrow();
      assertEquals(0.98, even.columnSpacing(), 1e-9);
      assertEquals(0.98, even.rowSpacing(), 1e-9);
      NDArray target = even.target().get(0);
      assertEquals(new Shape(85, 75), target.getShape());
      assertArrayEquals(KSpace.degrade(slice, 75, 85).values(), target.toFloatArray(), 1e-4f);
      List<NDArray> reference = even.references().get("T1");
      assertArrayEquals(target.toFloatArray(), reference.get(0).toFloatArray());
      assertNull(reference.get(1));
    }
  }

  @Test
  void leavesEvenCasesAlone() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      TrainingCase all = stored(Fixtures.pattern(W, H, 2), 101, manager);
      assertTrue(new EvenBands(manager).of(all).isEmpty());
    }
  }

  private static TrainingCase stored(Image2 slice, int columns, NDManager manager) {
    NDArray array = manager.create(slice.values(), new Shape(H, W));
    return new TrainingCase(
        "case",
        List.of(array, array),
        new float[] {1, 1},
        Map.of("T1", Arrays.asList(array, null)),
        List.of(),
        List.of(0),
        0.7,
        0.7,
        PhaseAxis.COLUMNS,
        new AcquiredGrid(columns, H, W, H, "spectrum"));
  }
}
