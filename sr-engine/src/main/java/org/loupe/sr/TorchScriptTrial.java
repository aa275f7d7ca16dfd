package org.loupe.sr;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelException;

/**
 * Runs a model of unknown graphs on two small slices of different sizes, as it will be run: that
 * shows sizes that a graph was traced with, and shapes that are not the manifest's.
 */
final class TorchScriptTrial {

  private static final int[][] SIZES = {{48, 40}, {40, 56}};
  private static final int PIXELS = 24;

  private TorchScriptTrial() {}

  /**
   * @throws ModelException where a graph fails, or gives other shapes or values that are not finite
   */
  static void run(SliceModel model, String label, NDManager manager) throws ModelException {
    for (int[] size : SIZES) {
      Image2 target = picture(size[0], size[1]);
      SliceInput.Reference reference =
          new SliceInput.Reference(picture(2 * size[0], 2 * size[1]), 0.5, 0.5);
      SliceInput input = new SliceInput("trial", target, null, null, reference, null, 1, 1);
      try (SliceFeatures features = model.prepare(input, Passes.ONE);
          NDManager scratch = manager.newSubManager()) {
        requireFinite(decode(model, features, scratch), label);
      } catch (IllegalStateException | EngineException e) {
        throw new ModelException(e.getMessage(), e);
      }
    }
  }

  private static float[] decode(SliceModel model, SliceFeatures features, NDManager scratch) {
    int count = PIXELS + 2 * model.halo();
    AxisSampling rows = new AxisSampling(0.4, 20 - model.halo(), count, scratch);
    AxisSampling columns = new AxisSampling(0.5, 10 - model.halo(), count, scratch);
    NDArray base =
        rows.bandLimited(features.low.getShape().get(0))
            .matMul(features.low)
            .matMul(columns.bandLimited(features.low.getShape().get(1)).transpose());
    return model.decode(features, rows, columns, base, scratch).get(0).toFloatArray();
  }

  private static void requireFinite(float[] picture, String label) throws ModelException {
    for (float value : picture) {
      if (!Float.isFinite(value)) {
        throw new ModelException(label + " gives values that are not finite");
      }
    }
  }

  /** A smooth picture of positive values. */
  private static Image2 picture(int width, int height) {
    Image2 picture = new Image2(width, height);
    for (int i = 0; i < picture.values().length; i++) {
      int x = i % width;
      int y = i / width;
      picture.values()[i] =
          (float) (100 + 50 * Math.sin(9.0 * x / width) * Math.cos(7.0 * y / height));
    }
    return picture;
  }
}
