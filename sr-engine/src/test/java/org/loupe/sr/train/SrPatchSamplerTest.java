package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Fixtures;
import org.loupe.image.PhaseAxis;
import org.loupe.sr.train.SrOptions.Part;

@Timeout(60)
class SrPatchSamplerTest {

  private static final SrOptions PLAIN =
      new SrOptions(
          2,
          36,
          4.2,
          0,
          EnumSet.of(
              Part.CONTRAST, Part.MISALIGNMENT, Part.NO_REFERENCE, Part.NOISE, Part.LOW_REFERENCE));

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** What the reference has above the patch's band is then what the base lacks of the truth. */
  @Test
  void targetAsReferenceShowsWhatTheBaseLacks() {
    SrPatchSampler sampler = sampler(175, 190);
    for (int i = 0; i < 8; i++) {
      try (NDManager scratch = manager.newSubManager()) {
        SrPatchSampler.Batch batch = sampler.next(scratch);
        NDArray lacking = batch.truth().sub(batch.base());
        NDArray rest = batch.inputs().get(4).get(new NDIndex(":, 1:2"));
        assertEquals(lacking.getShape(), rest.getShape());
        for (int sample = 0; sample < 2; sample++) {
          double correlation = correlation(rest.get(sample), lacking.get(sample));
          assertTrue(correlation > 0.999, "correlation " + correlation);
        }
      }
    }
  }

  /** The base is all of the measured band, and what it lacks of the truth is all beyond it. */
  @Test
  void whatIsMeasuredIsToldFromWhatIsBeyond() {
    SrPatchSampler sampler = sampler(175, 190);
    for (int i = 0; i < 8; i++) {
      try (NDManager scratch = manager.newSubManager()) {
        SrPatchSampler.Batch batch = sampler.next(scratch);
        NDArray lacking = batch.truth().sub(batch.base());
        assertTrue(correlation(batch.beyondBand(lacking), lacking) > 0.99);
        // Away from the border, beyond which the patch knows nothing.
        NDIndex inner = new NDIndex(":, :, 10:-10, 10:-10");
        double left = energy(batch.beyondBand(batch.base()).get(inner));
        assertTrue(left < 0.01 * energy(batch.base().get(inner)), "left " + left);
      }
    }
  }

  private static double energy(NDArray a) {
    return a.square().sum().getFloat();
  }

  private static double correlation(NDArray a, NDArray b) {
    float[] x = a.toFloatArray();
    float[] y = b.toFloatArray();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (double) x[i] * x[i];
      xy += (double) x[i] * y[i];
      yy += (double) y[i] * y[i];
    }
    assertTrue(xx > 1e-4 && yy > 1e-4, "nothing to compare");
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void smallSlicesAreTrainedAtTheFactorsThatFit() {
    SrPatchSampler sampler = sampler(60, 64);
    for (int i = 0; i < 8; i++) {
      try (NDManager scratch = manager.newSubManager()) {
        SrPatchSampler.Batch batch = sampler.next(scratch);
        assertEquals(new Shape(2, 1, 36, 36), batch.inputs().get(0).getShape());
        assertTrue(batch.truth().getShape().get(2) < 64);
      }
    }
  }

  @Test
  void refusesSlicesThatHoldNoPatch() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> sampler(39, 80)).getMessage();
    assertEquals("no training slice with enough signal has 40 x 40 pixels", message);
  }

  private SrPatchSampler sampler(int w, int h) {
    NDArray slice = manager.create(Fixtures.pattern(w, h, 1).values(), new Shape(h, w));
    TrainingCase only =
        new TrainingCase(
            "only",
            List.of(slice),
            new float[] {1},
            Map.of("T1", List.of(slice)),
            List.of(),
            List.of(0),
            1,
            1,
            PhaseAxis.COLUMNS,
            new AcquiredGrid(w, h, w, h, "all"));
    return new SrPatchSampler(List.of(only), null, PLAIN, manager, new SplittableRandom(3));
  }
}
