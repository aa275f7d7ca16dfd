package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.KSpace;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Samples;
import org.loupe.sr.SliceInput.Reference;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SmallModel;

class SuperResolverTest {

  private static final int W = 45;
  private static final int H = 39;

  /** Grey values of {@link #target}; tolerances are parts of it. */
  private static final double RANGE = 800;

  @TempDir static Path folder;

  private static ModelPackage model;
  private static SuperResolver resolver;

  @BeforeAll
  static void open() throws IOException {
    model = SmallModel.write(folder);
    resolver = SuperResolver.open(model, DeviceChoice.CPU);
  }

  @AfterAll
  static void close() {
    resolver.close();
  }

  @Test
  void pixelsDoNotDependOnThePan() {
    double step = 0.15;
    try (SliceFeatures features = resolver.prepare(input(target(1), reference(0.5)))) {
      Image2 whole = decode(features, new View(step, step, 0, 0, 300, 260));
      // Tiles of another size than the pieces that a decode is cut into, some across their edges.
      for (View tile :
          new View[] {
            new View(step, step, 0, 0, 128, 128),
            new View(step, step, 128, 128, 128, 132),
            new View(step, step, 190, 37, 110, 223)
          }) {
        Image2 part = decode(features, tile);
        assertEquals(0, Fixtures.difference(crop(whole, tile), part), 1e-4 * RANGE);
      }
    }
  }

  @Test
  void stepsMayDiffer() {
    try (SliceFeatures features = resolver.prepare(input(target(1), reference(1)))) {
      Image2 picture = decode(features, new View(0.5, 1.3, 0, 0, 90, 30));
      assertFinite(picture);
      Image2 upscaled = resolver.upscale(features, 2 * W, 3 * H, true);
      assertEquals(3 * H, upscaled.height());
      assertEquals(0, Fixtures.difference(target(1), KSpace.degrade(upscaled, W, H)), 1e-6 * RANGE);
    }
  }

  @Test
  void belowTheAcquiredResolutionItFilters() {
    Image2 target = target(1);
    try (SliceFeatures features = resolver.prepare(input(target, null))) {
      View same = new View(1, 1, 3, 2, 20, 15);
      assertEquals(
          0, Fixtures.difference(crop(target, same), decode(features, same)), 1e-6 * RANGE);
      SuperResolver.Decoded decoded = resolver.decode(features, new View(2.5, 1.5, 2, 1, 10, 9));
      Image2 filtered =
          Interpolation.BICUBIC.resample(target, new Samples(5, 2.5, 10), new Samples(1.5, 1.5, 9));
      assertEquals(0, Fixtures.difference(filtered, decoded.values()));
      assertEquals(0, Fixtures.difference(new Image2(10, 9), decoded.expectedError()));
    }
  }

  /** A slice stored on a finer lattice gives the pictures of the slice as it was acquired. */
  @Test
  void worksOnTheAcquiredLatticeAndAnswersOnTheStored() {
    AcquiredGrid grid = new AcquiredGrid(W, H, 70, 60, "known");
    Image2 stored = KSpace.zeroFill(target(1), 70, 60);
    stored.values()[100] = Float.NaN;
    Image2 next = KSpace.zeroFill(target(2), 70, 60);
    Image2 guide = KSpace.zeroFill(target(3), 70, 60);
    Image2 labels = new Image2(70, 60);
    labels.values()[30 * 70 + 35] = 3;
    SliceInput input =
        new SliceInput(
            "k",
            stored,
            null,
            next,
            new Reference(guide, 1, 1),
            labels,
            0.9,
            0.9,
            PhaseAxis.ROWS,
            grid);
    float[] known = stored.values().clone();
    known[100] = 0;
    SliceInput acquired =
        new SliceInput(
            "k",
            KSpace.degrade(new Image2(known, 70, 60), W, H),
            null,
            KSpace.degrade(next, W, H),
            new Reference(guide, W / 70.0, H / 60.0),
            input.onAcquiredGrid().labels(),
            0.9 * 70 / W,
            0.9 * 60 / H,
            PhaseAxis.ROWS,
            null);
    try (SliceFeatures features = resolver.prepare(input);
        SliceFeatures direct = resolver.prepare(acquired)) {
      assertEquals(stored, features.target());
      Image2 picture = decode(features, new View(0.3, 0.4, 20, 10, 150, 120));
      Image2 wanted = decode(direct, new View(0.3 * W / 70, 0.4 * H / 60, 20, 10, 150, 120));
      assertEquals(0, Fixtures.difference(wanted, picture), 1e-5 * RANGE);
      // Between the two lattices' pixel sizes there is something to super-resolve.
      View same = new View(1, 1, 0, 0, 70, 60);
      assertEquals(
          0,
          Fixtures.difference(
              decode(direct, new View(W / 70.0, H / 60.0, 0, 0, 70, 60)), decode(features, same)),
          1e-5 * RANGE);
      Image2 whole = resolver.upscale(features, 105, 120, true);
      assertEquals(
          0, Fixtures.difference(resolver.upscale(direct, 105, 120, true), whole), 1e-5 * RANGE);
      assertEquals(
          0, Fixtures.difference(acquired.target(), KSpace.degrade(whole, W, H)), 1e-5 * RANGE);
      assertEquals(70.0 / features.prior().csf().width(), features.prior().columnRatio(), 1e-9);
    }
  }

  /** A slice whose phase was encoded along the other axis is turned for the model and back. */
  @Test
  void theModelSeesPhaseEncodedFromColumnToColumn() {
    SliceInput input = across(target(1), reference(0.5), PhaseAxis.COLUMNS);
    SliceInput other = input.transposed();
    assertEquals(PhaseAxis.ROWS, other.phase());
    View view = new View(0.3, 0.4, 5, 7, 60, 50);
    try (SliceFeatures features = resolver.prepare(input);
        SliceFeatures turned = resolver.prepare(other)) {
      SuperResolver.Decoded here = resolver.decode(features, view);
      SuperResolver.Decoded there = resolver.decode(turned, view.transposed()).transposed();
      assertEquals(0, Fixtures.difference(here.values(), there.values()));
      assertEquals(0, Fixtures.difference(here.expectedError(), there.expectedError()));
      assertEquals(other.target(), turned.target());
      assertEquals(features.prior().columnRatio(), turned.prior().rowRatio());
      assertEquals(0, Fixtures.difference(features.prior().gm().transposed(), turned.prior().gm()));
    }
    Image2 upright = resolver.upscale(input, 2 * W, 3 * H, true, Passes.MIRRORED);
    Image2 lying = resolver.upscale(other, 3 * H, 2 * W, true, Passes.MIRRORED);
    assertEquals(0, Fixtures.difference(upright, lying.transposed()), 1e-5 * RANGE);
    // Taken as it lies, the network makes another picture of it.
    Image2 taken =
        resolver.upscale(
            across(other.target(), other.reference(), PhaseAxis.UNKNOWN),
            3 * H,
            2 * W,
            true,
            Passes.MIRRORED);
    assertNotEquals(0, Fixtures.difference(upright, taken.transposed()), 1e-5 * RANGE);
  }

  /** In both passes together left and right are the same; in one they are not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothPassesDoNotKnowLeftFromRight(boolean direct) throws ModelException {
    NDManager engine = NDManager.newBaseManager();
    NetworkModel network = new NetworkModel(model, direct, engine);
    ModelInfo info = new ModelInfo(model.manifest(), "CPU");
    try (SuperResolver fresh = new SuperResolver(engine, network, info)) {
      assertEquals(0, lopsided(fresh, Passes.MIRRORED), 2e-3 * RANGE);
      assertNotEquals(0, lopsided(fresh, Passes.ONE), 1e-2 * RANGE);
    }
  }

  /** Largest difference of a slice's picture and that of its mirror image. */
  private static double lopsided(SuperResolver fresh, Passes passes) {
    return Fixtures.difference(
        fineInside(fresh, false, passes), mirrored(fineInside(fresh, true, passes)));
  }

  /** At half steps, away from the edges, where the lattices of a slice and its mirror differ. */
  private static Image2 fineInside(SuperResolver fresh, boolean mirrored, Passes passes) {
    Image2 target = target(1);
    // Twice as fine: its last sample lies at the target's.
    Image2 guide = Fixtures.pattern(2 * W - 1, 2 * H - 1, 2);
    Image2 tissue = new Image2(W, H);
    Arrays.fill(tissue.values(), 3);
    Reference reference = new Reference(mirrored ? mirrored(guide) : guide, 0.5, 0.5);
    SliceInput input =
        new SliceInput(
            "k",
            mirrored ? mirrored(target) : target,
            mirrored ? mirrored(target(3)) : target(3),
            mirrored ? mirrored(target(4)) : target(4),
            reference,
            tissue,
            0.9,
            0.9);
    int margin = 30;
    View view = new View(0.5, 0.5, margin, margin, 2 * W - 1 - 2 * margin, 2 * H - 2 * margin);
    try (SliceFeatures features = fresh.prepare(input, passes)) {
      features.tied = false;
      return fresh.decode(features, view).values();
    }
  }

  private static Image2 mirrored(Image2 image) {
    Image2 mirrored = new Image2(image.width(), image.height());
    for (int i = 0; i < image.values().length; i++) {
      int column = i % image.width();
      mirrored.values()[i - column + image.width() - 1 - column] = image.values()[i];
    }
    return mirrored;
  }

  private static SliceInput across(Image2 target, Reference reference, PhaseAxis phase) {
    return new SliceInput("k", target, null, null, reference, null, 0.9, 0.9, phase, null);
  }

  @Test
  void refusesFactorsAboveSixteen() {
    try (SliceFeatures features = resolver.prepare(input(target(1), null))) {
      assertFinite(decode(features, new View(1.0 / 16, 1.0 / 16, 40, 30, 20, 20)));
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> resolver.decode(features, new View(0.5, 1 / 16.5, 0, 0, 8, 8)));
      assertEquals("factor 16.5 is above 16.0000", e.getMessage());
    }
  }

  @Test
  void worksWithoutAReferenceAndUsesOne() {
    View view = new View(0.4, 0.4, 10, 10, 60, 50);
    try (SliceFeatures alone = resolver.prepare(input(target(1), null));
        SliceFeatures guided = resolver.prepare(input(target(1), reference(1)))) {
      assertFinite(decode(alone, view));
      assertTrue(Fixtures.difference(decode(alone, view), decode(guided, view)) > 1e-3 * RANGE);
    }
  }

  /** A point that only the reference shows changes the picture where that point lies. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.7, 1.4})
  void referenceOfAnotherLatticeLiesWhereItShould(double ratio) {
    Reference without = reference(ratio);
    float[] values = without.image().values().clone();
    int column = (int) Math.round(30 / ratio);
    int row = (int) Math.round(14 / ratio);
    values[row * without.image().width() + column] = 12;
    Reference with =
        new Reference(
            new Image2(values, without.image().width(), without.image().height()), ratio, ratio);
    View view = new View(0.5, 0.5, 0, 0, 2 * W, 2 * H);
    try (SliceFeatures a = resolver.prepare(input(target(1), without));
        SliceFeatures b = resolver.prepare(input(target(1), with))) {
      Image2 before = decode(a, view);
      Image2 after = decode(b, view);
      int largest = 0;
      for (int i = 0; i < before.values().length; i++) {
        largest = change(before, after, i) > change(before, after, largest) ? i : largest;
      }
      int changedColumn = largest % view.width();
      int changedRow = largest / view.width();
      assertEquals(column * ratio, 0.5 * changedColumn, 1.6, "column");
      assertEquals(row * ratio, 0.5 * changedRow, 1.6, "row");
    }
  }

  private static double change(Image2 before, Image2 after, int i) {
    return Math.abs(before.values()[i] - after.values()[i]);
  }

  @ParameterizedTest
  @CsvSource({"90, 78", "103, 100", "150, 39"})
  void consistencyRestoresTheMeasuredKSpace(int width, int height) {
    try (SliceFeatures features = resolver.prepare(input(target(1), reference(1)))) {
      Image2 consistent = resolver.upscale(features, width, height, true);
      Image2 back = KSpace.degrade(consistent, W, H);
      assertEquals(0, Fixtures.difference(target(1), back), 1e-6 * RANGE);
      Image2 free = KSpace.degrade(resolver.upscale(features, width, height, false), W, H);
      assertTrue(Fixtures.difference(target(1), free) > 1e-3 * RANGE);
    }
  }

  @Test
  void viewsAgreeWithTheMeasurementAtTheResidualsFactor() {
    try (SliceFeatures features = resolver.prepare(input(target(1), reference(1)))) {
      Image2 picture = decode(features, new View(0.5, 0.5, 0, 0, 2 * W, 2 * H));
      assertEquals(0, Fixtures.difference(target(1), KSpace.degrade(picture, W, H)), 1e-5 * RANGE);
    }
  }

  @Test
  void labelsOfTheUserReplaceThePrior() {
    Image2 labels = new Image2(W, H);
    for (int i = 0; i < labels.values().length; i++) {
      boolean right = i % W >= 23;
      labels.values()[i] = i / W < 20 ? (right ? 3 : 1) : (right ? 4 : 2);
    }
    SliceInput input = new SliceInput("k", target(1), null, null, null, labels, 0.9, 0.9);
    try (SliceFeatures features = resolver.prepare(input)) {
      SlicePrior prior = features.prior();
      assertEquals(32, prior.csf().width());
      assertEquals(32, prior.csf().height());
      assertEquals(W / 32.0, prior.columnRatio());
      assertEquals(H / 32.0, prior.rowRatio());
      assertTissues(prior, 5, 4, 1, 0, 0);
      assertTissues(prior, 27, 4, 0, 0, 1);
      assertTissues(prior, 5, 20, 0, 1, 0);
      assertTissues(prior, 27, 20, 0, 0, 1);
    }
  }

  private static void assertTissues(SlicePrior p, int column, int row, float c, float g, float w) {
    assertEquals(c, p.csf().at(column, row), 1e-5);
    assertEquals(g, p.gm().at(column, row), 1e-5);
    assertEquals(w, p.wm().at(column, row), 1e-5);
  }

  @Test
  void aPixelThatIsNotFiniteStaysAlone() {
    Image2 target = target(1);
    target.values()[20 * W + 21] = Float.NaN;
    target.values()[8] = Float.POSITIVE_INFINITY;
    Reference reference = reference(1);
    reference.image().values()[100] = Float.NaN;
    try (SliceFeatures features = resolver.prepare(input(target, reference))) {
      assertFinite(decode(features, new View(0.5, 0.5, 0, 0, 90, 78)));
      assertFinite(resolver.upscale(features, 90, 78, true));
    }
  }

  @Test
  void expectsAnErrorEverywhere() {
    try (SliceFeatures features = resolver.prepare(input(target(1), reference(1)))) {
      Image2 error = resolver.decode(features, new View(0.3, 0.3, 0, 0, 40, 30)).expectedError();
      for (float value : error.values()) {
        assertTrue(value > 0 && value < RANGE, "expected error " + value);
      }
    }
  }

  @Test
  void outputsScaleWithTheUnits() {
    Image2 large = target(1);
    for (int i = 0; i < large.values().length; i++) {
      large.values()[i] *= 1000;
    }
    View view = new View(0.4, 0.4, 10, 10, 60, 50);
    try (SliceFeatures features = resolver.prepare(input(target(1), reference(1)));
        SliceFeatures scaled = resolver.prepare(input(large, reference(1)))) {
      SuperResolver.Decoded one = resolver.decode(features, view);
      SuperResolver.Decoded thousand = resolver.decode(scaled, view);
      for (int i = 0; i < 3000; i++) {
        double value = 1000.0 * one.values().values()[i];
        assertEquals(value, thousand.values().values()[i], 0.1 * RANGE);
        double error = 1000.0 * one.expectedError().values()[i];
        assertEquals(error, thousand.expectedError().values()[i], 0.1 * RANGE);
      }
    }
  }

  @Test
  void closingASliceFreesItsNativeMemory() throws ModelException {
    for (boolean direct : new boolean[] {true, false}) {
      NDManager engine = NDManager.newBaseManager();
      NetworkModel network = new NetworkModel(model, direct, engine);
      ModelInfo info = new ModelInfo(model.manifest(), "CPU");
      try (SuperResolver fresh = new SuperResolver(engine, network, info)) {
        int without = engine.getManagedArrays().size();
        for (int i = 0; i < 30; i++) {
          SliceFeatures features = fresh.prepare(input(target(i), reference(1)));
          fresh.decode(features, new View(0.5, 0.5, 0, 0, 40, 40));
          assertEquals(direct, engine.getManagedArrays().size() == without);
          features.close();
          assertEquals(without, engine.getManagedArrays().size());
          if (direct) {
            assertFalse(features.direct.getFirst().arena().scope().isAlive());
          }
        }
      }
    }
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

  private static Reference reference(double ratio) {
    Image2 image = Fixtures.pattern((int) Math.ceil(W / ratio), (int) Math.ceil(H / ratio), 3);
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] = 5 - 2 * image.values()[i];
    }
    return new Reference(image, ratio, ratio);
  }

  private static Image2 decode(SliceFeatures features, View view) {
    Image2 picture = resolver.decode(features, view).values();
    assertEquals(view.width(), picture.width());
    assertEquals(view.height(), picture.height());
    return picture;
  }

  private static Image2 crop(Image2 image, View place) {
    Image2 part = new Image2(place.width(), place.height());
    for (int row = 0; row < place.height(); row++) {
      int from = (place.y() + row) * image.width() + place.x();
      System.arraycopy(image.values(), from, part.values(), row * place.width(), place.width());
    }
    return part;
  }

  private static void assertFinite(Image2 image) {
    for (float value : image.values()) {
      assertTrue(Float.isFinite(value), "value " + value);
    }
  }
}
