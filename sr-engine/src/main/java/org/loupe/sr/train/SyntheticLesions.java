package org.loupe.sr.train;

import java.util.random.RandomGenerator;

/**
 * Smooth-edged ellipses that one contrast shows and the other does not: they teach the network to
 * keep what only the target has and to carry over nothing that only the reference has.
 */
final class SyntheticLesions {

  private static final int MOST = 3;
  private static final double MIN_RADIUS = 1;
  private static final double MAX_RADIUS = 8;

  private SyntheticLesions() {}

  /**
   * An image that is zero but for up to three ellipses with centres inside a rectangle.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @param row first row of the rectangle
   * @param rows rows of the rectangle
   * @param column first column of the rectangle
   * @param columns columns of the rectangle
   * @return row-major, in units of the normalised slice
   */
  static float[] draw(
      int height, int width, int row, int rows, int column, int columns, RandomGenerator random) {
    float[] image = new float[height * width];
    int count = random.nextInt(1, MOST + 1);
    for (int i = 0; i < count; i++) {
      double amplitude = random.nextDouble(0.08, 0.5) * (random.nextBoolean() ? 1 : -1);
      double radius = random.nextDouble(MIN_RADIUS, MAX_RADIUS);
      double aspect = random.nextDouble(0.6, 1);
      double angle = random.nextDouble(Math.PI);
      double y = row + random.nextDouble(rows);
      double x = column + random.nextDouble(columns);
      add(image, height, width, y, x, radius, aspect, angle, amplitude);
    }
    return image;
  }

  private static void add(
      float[] image,
      int height,
      int width,
      double y,
      double x,
      double radius,
      double aspect,
      double angle,
      double amplitude) {
    double sine = Math.sin(angle);
    double cosine = Math.cos(angle);
    int reach = (int) Math.ceil(radius) + 3;
    for (int r = Math.max(0, (int) y - reach); r <= Math.min(height - 1, (int) y + reach); r++) {
      for (int c = Math.max(0, (int) x - reach); c <= Math.min(width - 1, (int) x + reach); c++) {
        double u = cosine * (c - x) + sine * (r - y);
        double v = (cosine * (r - y) - sine * (c - x)) / aspect;
        double beyond = Math.hypot(u, v) - radius;
        image[r * width + c] += (float) (amplitude / (1 + Math.exp(2 * beyond)));
      }
    }
  }
}
