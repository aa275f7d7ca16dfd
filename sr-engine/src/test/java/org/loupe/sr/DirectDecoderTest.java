package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SmallModel;

/** The decoder in Java against the one that the engine runs, with the same random weights. */
class DirectDecoderTest {

  private static final int W = 45;
  private static final int H = 39;

  /** Of a picture of about 0 to 1: features are kept in 8 bits. */
  private static final double TOLERANCE = 2e-3;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // passes, reference ratio (0: none), steps, first pixel, size
    "ONE, 0.5, 0.31, 0.27, -3, -5, 150, 140",
    "ONE, 0.5, 0.5, 0.5, 0, 0, 90, 78",
    "ONE, 0.37, 0.11, 0.21, 100, 30, 310, 75",
    "ONE, 0, 0.3, 0.3, 10, 20, 131, 97",
    "ONE, 1, 0.0625, 0.0625, 300, 200, 64, 1",
    "MIRRORED, 0.37, 0.31, 0.27, -3, -5, 150, 140",
    "MIRRORED, 0, 0.3, 0.3, 10, 20, 131, 97"
  })
  void agreesWithTheEngine(
      Passes passes,
      double ratio,
      double columnStep,
      double rowStep,
      int x,
      int y,
      int width,
      int height)
      throws IOException {
    ModelPackage model = SmallModel.write(folder);
    View view = new View(columnStep, rowStep, x, y, width, height);
    SuperResolver.Decoded here = decode(model, true, passes, ratio, view);
    SuperResolver.Decoded there = decode(model, false, passes, ratio, view);
    assertEquals(0, Fixtures.difference(there.values(), here.values()), TOLERANCE);
    assertEquals(0, Fixtures.difference(there.expectedError(), here.expectedError()), TOLERANCE);
  }

  private static SuperResolver.Decoded decode(
      ModelPackage model, boolean direct, Passes passes, double ratio, View view)
      throws IOException {
    NDManager manager = NDManager.newBaseManager();
    ModelInfo info = new ModelInfo(model.manifest(), "CPU");
    try (SuperResolver resolver =
            new SuperResolver(manager, new NetworkModel(model, direct, manager), info);
        SliceFeatures features = resolver.prepare(input(ratio), passes)) {
      return resolver.decode(features, view);
    }
  }

  private static SliceInput input(double ratio) {
    SliceInput.Reference reference =
        ratio == 0
            ? null
            : new SliceInput.Reference(
                waves((int) (W / ratio), (int) (H / ratio), 0.4 * ratio), ratio, ratio);
    return new SliceInput("test", waves(W, H, 0.9), null, null, reference, null, 1.1, 0.9);
  }

  private static Image2 waves(int width, int height, double frequency) {
    Image2 image = new Image2(width, height);
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        image.values()[r * width + c] =
            (float) (0.5 + 0.25 * Math.sin(frequency * c) + 0.25 * Math.cos(0.7 * frequency * r));
      }
    }
    return image;
  }
}
