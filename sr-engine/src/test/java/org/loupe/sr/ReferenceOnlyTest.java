package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.loupe.image.Image2;

/** A disc of brain with a ventricle, and spots that are in both contrasts or in one. */
class ReferenceOnlyTest {

  private static final int SIZE = 64;
  private static final double FACTOR = 3;
  private static final View VIEW =
      new View(1 / FACTOR, 1 / FACTOR, 0, 0, (int) (SIZE * FACTOR), (int) (SIZE * FACTOR));

  /** A round spot, pixels of the target. */
  private record Spot(double x, double y, double height) {

    double at(double column, double row) {
      double dx = column - x;
      double dy = row - y;
      return height * Math.exp(-(dx * dx + dy * dy) / (2 * 1.6 * 1.6));
    }
  }

  private static Image2 image(int size, double brain, double fluid, Spot... spots) {
    Image2 out = new Image2(size, size);
    Random noise = new Random(3);
    double step = (double) SIZE / size;
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double x = c * step;
        double y = r * step;
        double head = Math.hypot(x - 32, y - 32);
        double value = head > 28 ? 0 : Math.hypot(x - 32, y - 22) < 6 ? fluid : brain;
        for (Spot s : spots) {
          value += s.at(x, y);
        }
        out.values()[r * size + c] = (float) (value + 2 * noise.nextGaussian());
      }
    }
    return out;
  }

  private static SliceInput slice(Image2 target, Image2 reference) {
    double ratio = (double) SIZE / reference.width();
    return new SliceInput(
        "k", target, null, null, new SliceInput.Reference(reference, ratio, ratio), null, 1, 1);
  }

  private static Image2 constant(float value) {
    Image2 out = new Image2(VIEW.width(), VIEW.height());
    java.util.Arrays.fill(out.values(), value);
    return out;
  }

  /** A result that differs from zero by a spot. */
  private static Image2 changed(Spot... spots) {
    Image2 out = new Image2(VIEW.width(), VIEW.height());
    for (int y = 0; y < VIEW.height(); y++) {
      for (int x = 0; x < VIEW.width(); x++) {
        for (Spot s : spots) {
          out.values()[y * VIEW.width() + x] += (float) s.at(x / FACTOR, y / FACTOR);
        }
      }
    }
    return out;
  }

  @Test
  void aSpotOfTheReferenceAloneThatChangedThePictureIsFound() {
    Image2 target = image(SIZE, 300, 900);
    Image2 reference = image(2 * SIZE, 500, 150, new Spot(45, 40, 200));
    List<ReferenceOnly.Place> places =
        ReferenceOnly.find(
            slice(target, reference),
            VIEW,
            changed(new Spot(45, 40, 40)),
            constant(0),
            constant(5));
    assertEquals(1, places.size(), places.toString());
    ReferenceOnly.Place place = places.get(0);
    assertEquals(45, place.column(), 1);
    assertEquals(40, place.row(), 1);
    assertTrue(place.change() > 20 && place.change() <= 40, place.toString());
    assertEquals(5, place.expectedError(), 1e-6);
    assertTrue(place.radius() > 1 && place.radius() < 8, place.toString());
  }

  @Test
  void withoutAChangeThereIsNothingToWarnOf() {
    Image2 target = image(SIZE, 300, 900);
    Image2 reference = image(2 * SIZE, 500, 150, new Spot(45, 40, 200));
    SliceInput slice = slice(target, reference);
    assertEquals(List.of(), ReferenceOnly.find(slice, VIEW, constant(7), constant(7), constant(5)));
    // Nor where it is within what the model expects to be wrong.
    assertEquals(
        List.of(),
        ReferenceOnly.find(slice, VIEW, changed(new Spot(45, 40, 40)), constant(0), constant(60)));
  }

  @Test
  void whatTheTargetShowsTooIsNoWarning() {
    Image2 target = image(SIZE, 300, 900, new Spot(45, 40, 250));
    Image2 reference = image(2 * SIZE, 500, 150, new Spot(45, 40, -200));
    assertEquals(
        List.of(),
        ReferenceOnly.find(
            slice(target, reference),
            VIEW,
            changed(new Spot(45, 40, 40)),
            constant(0),
            constant(5)));
  }

  @Test
  void withoutAReferenceThereIsNothing() {
    SliceInput slice = slice(image(SIZE, 300, 900), image(SIZE, 500, 150)).withoutReference();
    assertEquals(
        List.of(),
        ReferenceOnly.find(slice, VIEW, changed(new Spot(45, 40, 40)), constant(0), constant(5)));
  }
}
