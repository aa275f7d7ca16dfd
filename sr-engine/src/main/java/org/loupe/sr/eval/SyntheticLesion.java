package org.loupe.sr.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.loupe.image.Image2;

/**
 * A ball in white matter with a smooth border: its profile is 1 inside, 0 outside, 1/2 at the
 * radius, and falls as a raised cosine over 1 mm, or over half of the diameter where that is less.
 *
 * @param column centre, pixels
 * @param row centre, pixels
 * @param diameter mm
 * @param sign 1 where it is brighter than white matter, -1 where it is darker
 */
record SyntheticLesion(double column, double row, double diameter, int sign) {

  /** Millimetres. */
  static final List<Double> DIAMETERS = List.of(2.0, 3.0, 4.0, 6.0, 8.0);

  /** Millimetres of white matter between two lesions, so that each is measured on its own. */
  private static final double APART = 6;

  private static final int TRIES = 2000;

  /** Part of a lesion that must lie in white matter. */
  private static final double INSIDE = 0.95;

  /**
   * One lesion of each diameter at random places in white matter, as far as there is room, bright
   * and dark ones alike.
   */
  static List<SyntheticLesion> place(LabelledCase data, int slice, Random random) {
    Image2 labels = data.labels().get(slice);
    int sign = random.nextBoolean() ? 1 : -1;
    List<SyntheticLesion> placed = new ArrayList<>();
    for (double diameter : DIAMETERS.reversed()) {
      for (int n = 0; n < TRIES; n++) {
        SyntheticLesion lesion =
            new SyntheticLesion(
                random.nextInt(labels.width()), random.nextInt(labels.height()), diameter, sign);
        if (lesion.fits(labels, data) && placed.stream().allMatch(p -> lesion.apart(p, data))) {
          placed.add(lesion);
          break;
        }
      }
      sign = -sign;
    }
    return placed;
  }

  private boolean apart(SyntheticLesion other, LabelledCase data) {
    double distance =
        Math.hypot(
            (column - other.column) * data.data().columnSpacing(),
            (row - other.row) * data.data().rowSpacing());
    return distance > (diameter + other.diameter) / 2 + APART;
  }

  private boolean fits(Image2 labels, LabelledCase data) {
    if (labels.at((int) column, (int) row) != LabelledCase.WHITE_MATTER) {
      return false;
    }
    Image2 profile = profile(data, labels.width(), labels.height(), 0);
    double all = 0;
    double inside = 0;
    for (int i = 0; i < profile.values().length; i++) {
      float p = profile.values()[i];
      all += p;
      inside += labels.values()[i] == LabelledCase.WHITE_MATTER ? p : 0;
    }
    return inside > INSIDE * all;
  }

  /**
   * The profile in a slice.
   *
   * @param offset distance of the slice from the lesion's own, mm
   */
  Image2 profile(LabelledCase data, int width, int height, double offset) {
    Image2 profile = new Image2(width, height);
    double dx = data.data().columnSpacing();
    double dy = data.data().rowSpacing();
    double reach = diameter / 2 + 1;
    int left = (int) Math.max(0, Math.floor(column - reach / dx));
    int right = (int) Math.min(width - 1, Math.ceil(column + reach / dx));
    int top = (int) Math.max(0, Math.floor(row - reach / dy));
    int bottom = (int) Math.min(height - 1, Math.ceil(row + reach / dy));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double inPlane = Math.hypot((x - column) * dx, (y - row) * dy);
        profile.values()[y * width + x] = (float) at(Math.hypot(inPlane, offset));
      }
    }
    return profile;
  }

  /** The profile at a distance from the centre, mm. */
  private double at(double distance) {
    double border = Math.min(1, diameter / 2);
    double t = Math.clamp((distance - diameter / 2) / border + 0.5, 0, 1);
    return 0.5 + 0.5 * Math.cos(Math.PI * t);
  }
}
