package org.loupe.image;

/**
 * A linear window (PS3.3 C.11.2.1.2): values from {@code centre - width / 2} to {@code centre +
 * width / 2}, in the units of the series, go from black to white.
 */
public record Window(double centre, double width) {

  public Window {
    if (!Double.isFinite(centre) || !(width > 0)) {
      throw new IllegalArgumentException("window " + centre + " / " + width);
    }
  }
}
