package org.loupe.image;

/**
 * A 2-D image of floats in row-major order: {@code values[row * width + column]}. The array is
 * shared, not copied: whoever hands an image on stops writing to it.
 */
public record Image2(float[] values, int width, int height) {

  public Image2 {
    if (values.length != (long) width * height) {
      throw new IllegalArgumentException(values.length + " values for " + width + " x " + height);
    }
  }

  /** A zero image. */
  public Image2(int width, int height) {
    this(new float[width * height], width, height);
  }

  /** Rows for columns. */
  public Image2 transposed() {
    Image2 turned = new Image2(height, width);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        turned.values[column * height + row] = values[row * width + column];
      }
    }
    return turned;
  }

  public float at(int column, int row) {
    return values[row * width + column];
  }
}
