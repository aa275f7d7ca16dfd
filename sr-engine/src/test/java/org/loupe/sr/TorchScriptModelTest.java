package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.Statistics;
import org.loupe.sr.SliceInput.Reference;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SmallModel;
import org.loupe.sr.model.TorchScriptFixture;

/** Real TorchScript files, whose results make.py tells. */
class TorchScriptModelTest {

  private static final int W = 45;
  private static final int H = 39;

  /** Grey values of {@link #target}; tolerances are parts of it. */
  private static final double RANGE = 800;

  /** Away from the edges, where a ramp is no longer one. */
  private static final View VIEW = new View(0.4, 0.3, 12, 15, 70, 80);

  @TempDir private Path folder;

  @Test
  void aSingleGraphSeesTargetReferenceAndPriorWhereTheyLie() throws IOException {
    Image2 target = target(1);
    Image2 labels = new Image2(W, H);
    java.util.Arrays.fill(labels.values(), 3);
    try (SuperResolver resolver = open(inconsistent(TorchScriptFixture.SINGLE), "single.pt")) {
      for (double ratio : new double[] {0.5, 0.8}) {
        SliceInput input = new SliceInput("k", target, null, null, ramp(ratio), labels, 0.9, 0.9);
        try (SliceFeatures features = resolver.prepare(input)) {
          float scale = Statistics.normal(target);
          float guideScale = Statistics.normal(input.reference().image());
          Image2 got = resolver.decode(features, VIEW).values();
          for (int y = 0; y < VIEW.height(); y++) {
            for (int x = 0; x < VIEW.width(); x++) {
              double column = (VIEW.x() + x) * VIEW.columnStep();
              double row = (VIEW.y() + y) * VIEW.rowStep();
              double wanted =
                  bilinear(target, column, row) / scale
                      + 0.5 * rampAt(column, row) / guideScale
                      - 0.25;
              assertEquals(wanted * scale, got.at(x, y), 2e-5 * RANGE, x + ", " + y);
            }
          }
          assertEquals(1, features.prior().wm().at(9, 9), 1e-6);
        }
      }
    }
  }

  @Test
  void withoutReferenceAndPriorItIsGivenZeros() throws IOException {
    Image2 target = target(1);
    try (SuperResolver resolver = open(inconsistent(TorchScriptFixture.SINGLE), "single.pt");
        SliceFeatures features = resolver.prepare(input(target, null))) {
      assertNull(features.prior());
      SuperResolver.Decoded decoded = resolver.decode(features, VIEW);
      assertBilinear(target, decoded.values());
      assertTrue(Float.isNaN(decoded.expectedError().at(3, 3)), "no expected error");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"percentile", "maximum", "z_score"})
  void normalisationIsUndone(String normalisation) throws IOException {
    Image2 target = target(2);
    String fields =
        inconsistent(TorchScriptFixture.SINGLE) + ", \"normalisation\": \"" + normalisation + "\"";
    try (SuperResolver resolver = open(fields, "single.pt");
        SliceFeatures features = resolver.prepare(input(target, null))) {
      assertBilinear(target, resolver.decode(features, VIEW).values());
    }
  }

  private static void assertBilinear(Image2 target, Image2 got) {
    for (int y = 0; y < VIEW.height(); y++) {
      for (int x = 0; x < VIEW.width(); x++) {
        double column = (VIEW.x() + x) * VIEW.columnStep();
        double row = (VIEW.y() + y) * VIEW.rowStep();
        assertEquals(bilinear(target, column, row), got.at(x, y), 2e-5 * RANGE);
      }
    }
  }

  @Test
  void aPairAddsItsResidualToTheInterpolation() throws IOException {
    Image2 target = target(1);
    Image2 before = target(5);
    Image2 after = target(9);
    float scale = Statistics.normal(target);
    float guideScale = Statistics.normal(ramp(0.5).image());
    SliceInput input = new SliceInput("k", target, before, after, ramp(0.5), null, 0.9, 0.9);
    try (SuperResolver resolver =
            open(inconsistent(TorchScriptFixture.PAIR), "encoder.pt", "decoder.pt");
        SliceFeatures features = resolver.prepare(input)) {
      SuperResolver.Decoded got = resolver.decode(features, VIEW);
      Image2 base = zeroFilled(target, VIEW);
      for (int y = 0; y < VIEW.height(); y++) {
        for (int x = 0; x < VIEW.width(); x++) {
          double column = (VIEW.x() + x) * VIEW.columnStep();
          double row = (VIEW.y() + y) * VIEW.rowStep();
          double detail =
              bilinear(target, column, row)
                  - bilinear(before, column, row) / 2
                  - bilinear(after, column, row) / 2;
          double wanted =
              base.at(x, y)
                  + 0.5 * detail
                  + (0.25 + 0.125) * rampAt(column, row) / guideScale * scale;
          assertEquals(wanted, got.values().at(x, y), 5e-5 * RANGE, x + ", " + y);
          double error = Math.exp(-2 + 0.4) * scale;
          assertEquals(error, got.expectedError().at(x, y), 1e-5 * error);
        }
      }
    }
  }

  @Test
  void theMeasuredKSpaceIsPutBackUnlessTheManifestSaysOtherwise() throws IOException {
    Image2 target = target(1);
    String files = "encoder.pt,decoder.pt";
    try (SuperResolver resolver = open(TorchScriptFixture.PAIR, files.split(","));
        SliceFeatures features = resolver.prepare(input(target, ramp(0.5)))) {
      Image2 picture = resolver.upscale(features, 90, 78, true);
      assertEquals(0, Fixtures.difference(target, KSpace.degrade(picture, W, H)), 1e-6 * RANGE);
      Image2 view = resolver.decode(features, new View(0.5, 0.5, 0, 0, 90, 78)).values();
      assertEquals(0, Fixtures.difference(target, KSpace.degrade(view, W, H)), 1e-5 * RANGE);
    }
    try (SuperResolver resolver = open(inconsistent(TorchScriptFixture.PAIR), files.split(","));
        SliceFeatures features = resolver.prepare(input(target, ramp(0.5)))) {
      Image2 free = KSpace.degrade(resolver.upscale(features, 90, 78, true), W, H);
      assertTrue(Fixtures.difference(target, free) > 1e-2 * RANGE);
    }
  }

  /** Tiles of another size than the pieces that a decode is cut into, some across their edges. */
  @ParameterizedTest
  @CsvSource({
    "pair, encoder.pt decoder.pt",
    "smooth, smooth.pt",
    "windows, smooth.pt",
    "blocks, smooth.pt"
  })
  void pixelsDoNotDependOnThePan(String kind, String files) throws IOException {
    String fields =
        switch (kind) {
          case "pair" -> TorchScriptFixture.PAIR;
          case "windows" -> TorchScriptFixture.SMOOTH + ", \"receptive_field\": 2";
          case "blocks" -> TorchScriptFixture.SMOOTH + ", \"receptive_field\": 2, \"multiple\": 4";
          default -> TorchScriptFixture.SMOOTH;
        };
    double step = 0.15;
    try (SuperResolver resolver = open(fields, files.split(" "));
        SliceFeatures features = resolver.prepare(input(target(1), ramp(0.5)))) {
      Image2 whole = resolver.decode(features, new View(step, step, 0, 0, 300, 260)).values();
      for (View tile :
          new View[] {
            new View(step, step, 0, 0, 128, 128),
            new View(step, step, 128, 128, 128, 132),
            new View(step, step, 190, 37, 110, 223)
          }) {
        Image2 part = resolver.decode(features, tile).values();
        Image2 wanted = new Image2(tile.width(), tile.height());
        for (int row = 0; row < tile.height(); row++) {
          int from = (tile.y() + row) * 300 + tile.x();
          System.arraycopy(whole.values(), from, wanted.values(), row * tile.width(), tile.width());
        }
        assertEquals(0, Fixtures.difference(wanted, part), 1e-4 * RANGE);
      }
    }
  }

  @Test
  void aWindowGivesWhatTheWholeSliceGives() throws IOException {
    Image2[] pictures = new Image2[2];
    for (int i = 0; i < 2; i++) {
      String fields = TorchScriptFixture.SMOOTH + (i == 0 ? "" : ", \"receptive_field\": 2");
      try (SuperResolver resolver = open(fields, "smooth.pt");
          SliceFeatures features = resolver.prepare(input(target(1), null))) {
        pictures[i] = resolver.decode(features, new View(0.1, 0.1, 60, 40, 100, 90)).values();
      }
    }
    assertEquals(0, Fixtures.difference(pictures[0], pictures[1]), 1e-5 * RANGE);
  }

  @Test
  void aModelThatNeedsAReferenceSaysSo() throws IOException {
    String fields =
        TorchScriptFixture.SINGLE.replace("\"factor\": 2", "\"factor\": 2, \"required\": true");
    try (SuperResolver resolver = open(fields, "single.pt")) {
      assertEquals(
          "model m 1 needs a reference that covers the slice",
          assertThrows(IllegalStateException.class, () -> resolver.prepare(input(target(1), null)))
              .getMessage());
      Reference empty = new Reference(new Image2(W, H), 1, 1);
      assertEquals(
          "model m 1 needs a reference that covers the slice",
          assertThrows(IllegalStateException.class, () -> resolver.prepare(input(target(1), empty)))
              .getMessage());
    }
  }

  /** The package's own segmentation network guides a graph that takes a prior. */
  @Test
  void thePackagesPriorGuidesTheGraph() throws IOException {
    SmallModel.write(folder.resolve("m"));
    ModelPackage ours = ModelPackage.open(folder.resolve("m"));
    TorchScriptFixture.single(folder.resolve("m"));
    Path manifest = folder.resolve("m").resolve(ModelPackage.MANIFEST);
    String json = java.nio.file.Files.readString(manifest);
    java.nio.file.Files.writeString(
        manifest,
        json.replace(
            "\"sha256\": {",
            "\"architecture\": {\"prior_channels\": 4}, \"sha256\": {\"prior.params\": \"%s\", "
                .formatted(ours.manifest().sha256().get(ModelPackage.PRIOR_WEIGHTS))));
    try (SuperResolver own = SuperResolver.open(ours, DeviceChoice.CPU);
        SuperResolver theirs =
            SuperResolver.open(ModelPackage.open(folder.resolve("m")), DeviceChoice.CPU);
        SliceFeatures a = own.prepare(input(target(1), ramp(0.5)));
        SliceFeatures b = theirs.prepare(input(target(1), ramp(0.5)))) {
      assertEquals(0, Fixtures.difference(a.prior().gm(), b.prior().gm()));
    }
  }

  @Test
  void closingFreesTheNativeMemory() throws IOException {
    try (SuperResolver resolver = open(TorchScriptFixture.PAIR, "encoder.pt", "decoder.pt")) {
      SliceFeatures first = resolver.prepare(input(target(1), ramp(0.5)));
      NDManager engine = first.low.getManager().getParentManager();
      int held = engine.getManagedArrays().size();
      first.close();
      int without = engine.getManagedArrays().size();
      assertTrue(without < held, without + " arrays left of " + held);
      for (int i = 0; i < 10; i++) {
        try (SliceFeatures features = resolver.prepare(input(target(i), ramp(0.5)))) {
          resolver.decode(features, VIEW);
          assertEquals(held, engine.getManagedArrays().size());
        }
      }
      assertEquals(without, engine.getManagedArrays().size());
    }
  }

  private SuperResolver open(String torchscript, String... files) throws IOException {
    return SuperResolver.open(
        TorchScriptFixture.write(folder.resolve("m"), torchscript, files), DeviceChoice.CPU);
  }

  private static String inconsistent(String torchscript) {
    return torchscript + ", \"consistency\": false";
  }

  private static SliceInput input(Image2 target, Reference reference) {
    return new SliceInput("k", target, null, null, reference, null, 0.9, 0.9);
  }

  /** Odd sizes, so that no frequency is unpaired and k-space comparisons are exact. */
  private static Image2 target(int seed) {
    Image2 image = Fixtures.pattern(W, H, seed);
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] *= 400;
    }
    return image;
  }

  /** A linear reference, which every interpolation gives exactly away from the edges. */
  private static Reference ramp(double ratio) {
    Image2 image = new Image2((int) Math.ceil(W / ratio) + 2, (int) Math.ceil(H / ratio) + 2);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        image.values()[y * image.width() + x] = (float) rampAt(x * ratio, y * ratio);
      }
    }
    return new Reference(image, ratio, ratio);
  }

  private static double rampAt(double column, double row) {
    return 40 + 3 * column + 2 * row;
  }

  private static double bilinear(Image2 image, double column, double row) {
    int x = Math.min((int) column, image.width() - 2);
    int y = Math.min((int) row, image.height() - 2);
    double u = column - x;
    double v = row - y;
    return (1 - v) * ((1 - u) * image.at(x, y) + u * image.at(x + 1, y))
        + v * ((1 - u) * image.at(x, y + 1) + u * image.at(x + 1, y + 1));
  }

  private static Image2 zeroFilled(Image2 image, View view) {
    float[] rows =
        AxisMatrix.bandLimited(
            AxisMatrix.positions(view.y() * view.rowStep(), view.rowStep(), view.height()), H, H);
    float[] columns =
        AxisMatrix.bandLimited(
            AxisMatrix.positions(view.x() * view.columnStep(), view.columnStep(), view.width()),
            W,
            W);
    Image2 result = new Image2(view.width(), view.height());
    for (int y = 0; y < view.height(); y++) {
      for (int x = 0; x < view.width(); x++) {
        double sum = 0;
        for (int r = 0; r < H; r++) {
          for (int c = 0; c < W; c++) {
            sum += (double) rows[y * H + r] * columns[x * W + c] * image.at(c, r);
          }
        }
        result.values()[y * view.width() + x] = (float) sum;
      }
    }
    return result;
  }
}
