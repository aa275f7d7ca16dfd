package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.loupe.sr.prior.PriorLattice;
import org.loupe.sr.prior.PriorSegmenter;

/**
 * The prior of every training slice as the trained segmentation network sees it at a few
 * degradations, with and without a reference: what the super-resolution network will meet.
 */
final class PriorMaps {

  private static final double[] FACTORS = {1.5, 3, 4};

  private PriorMaps() {}

  /** Maps (3, h, w) by slice; by identity, as arrays compare by content. */
  static IdentityHashMap<NDArray, List<NDArray>> compute(
      List<TrainingCase> cases, PriorSegmenter segmenter, NDManager manager) {
    IdentityHashMap<NDArray, List<NDArray>> maps = new IdentityHashMap<>();
    AxisMatrices matrices = new AxisMatrices(manager);
    for (TrainingCase c : cases) {
      for (int k : c.usable()) {
        List<NDArray> levels = new ArrayList<>();
        for (int i = 0; i < FACTORS.length; i++) {
          levels.add(level(c, k, FACTORS[i], i % 2 == 0, segmenter, matrices, manager));
        }
        maps.put(c.target().get(k), levels);
      }
    }
    return maps;
  }

  private static NDArray level(
      TrainingCase c,
      int k,
      double factor,
      boolean referenced,
      PriorSegmenter segmenter,
      AxisMatrices matrices,
      NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray target = resample(c, c.target().get(k), factor, matrices, scratch);
      List<String> names = c.referencesOf(k);
      NDArray reference =
          referenced && !names.isEmpty()
              ? resample(c, c.references().get(names.get(0)).get(k), 1, matrices, scratch)
              : null;
      NDArray maps = segmenter.probabilities(target, reference);
      maps.attach(manager);
      return maps;
    }
  }

  private static NDArray resample(
      TrainingCase c, NDArray image, double factor, AxisMatrices matrices, NDManager manager) {
    int rows = (int) image.getShape().get(0);
    int columns = (int) image.getShape().get(1);
    int h = PriorLattice.samples(rows, c.rowSpacing());
    int w = PriorLattice.samples(columns, c.columnSpacing());
    return matrices.resampled(
        image, h, w, (int) (rows / factor), (int) (columns / factor), manager);
  }
}
