package org.loupe.viewer.viewport;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/**
 * Pixels of a pane, one for each device pixel, shown without any scaling by JavaFX: that would be
 * slow in software and would filter the image a second time.
 */
public final class Screen extends ImageView {

  private int width;
  private int height;
  private int[] pixels = new int[0];
  private PixelBuffer<IntBuffer> buffer;

  public Screen() {
    setSmooth(false);
    setManaged(false);
    setMouseTransparent(true);
  }

  /** Makes room for this many device pixels. */
  public void resize(int newWidth, int newHeight) {
    if (newWidth != width || newHeight != height) {
      width = newWidth;
      height = newHeight;
      pixels = new int[width * height];
      buffer =
          new PixelBuffer<>(
              width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
      setImage(new WritableImage(buffer));
    }
  }

  /** Lays the pixels over an area in the scene's units. */
  public void place(double x, double y, double scale) {
    relocate(x, y);
    setFitWidth(width / scale);
    setFitHeight(height / scale);
  }

  /** Opaque or premultiplied ARGB, row by row; to be written to. */
  public int[] pixels() {
    return pixels;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Shows nothing but black. FX thread. */
  void blacken() {
    Arrays.fill(pixels, 0xff000000);
    commit();
  }

  /** Shows what was written to {@link #pixels()}. FX thread. */
  public void commit() {
    buffer.updateBuffer(b -> null);
  }
}
