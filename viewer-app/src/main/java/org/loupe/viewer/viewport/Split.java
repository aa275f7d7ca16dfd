package org.loupe.viewer.viewport;

/**
 * The line that divides a pane between two pictures.
 *
 * @param position where it crosses the pane, from 0 to 1 along {@code angle}
 * @param angle direction from the first picture to the second, degrees clockwise from the right: 0
 *     for a vertical line with the second picture on its right
 */
public record Split(double position, double angle) {

  /** A vertical line in the middle. */
  public static final Split MIDDLE = new Split(0.5, 0);

  public Split {
    position = Math.clamp(position, 0.02, 0.98);
    angle = Math.IEEEremainder(angle, 360);
  }

  /** Unit vector towards the second picture. */
  double normalX() {
    return Math.cos(Math.toRadians(angle));
  }

  double normalY() {
    return Math.sin(Math.toRadians(angle));
  }

  /** Extent of a pane along the direction. */
  double extent(double width, double height) {
    return Math.abs(width * normalX()) + Math.abs(height * normalY());
  }

  /** Distance of the line from the pane's middle along the direction. */
  double offset(double width, double height) {
    return (position - 0.5) * extent(width, height);
  }

  /** The split that goes through a point, given from the pane's middle. */
  public Split through(double right, double down, double width, double height) {
    double along = right * normalX() + down * normalY();
    return new Split(along / extent(width, height) + 0.5, angle);
  }

  /**
   * First pixel and end of the second picture in a row of a pane, {@code from} equal to {@code end}
   * where there is none of it.
   *
   * @param y row, pixels
   */
  int[] second(int y, int width, int height) {
    double cx = normalX();
    // Pixel edges and not centres: at angle 0 the second picture begins at the rounded place.
    double c = offset(width, height) + width / 2.0 * cx + (height / 2.0 - y - 0.5) * normalY();
    if (Math.abs(cx) < 1e-9) {
      return c < 0 ? new int[] {0, width} : new int[] {0, 0};
    }
    int x = Math.clamp(Math.round(c / cx), 0, width);
    return cx > 0 ? new int[] {x, width} : new int[] {0, x};
  }
}
