package org.loupe.viewer.viewport;

import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Resampling;
import org.loupe.image.Samples;
import org.loupe.sr.View;

/**
 * An image interpolated to device pixels: what is on the screen before, without and beside
 * super-resolution. The kernel is the same while a gesture goes on and after it, so nothing changes
 * when it ends. All cores take a part of the rows.
 */
final class BaseLayer {

  /** Kept by each thread that resamples: a new one for every frame would wake the collector. */
  private static final ThreadLocal<float[]> SCRATCH = new ThreadLocal<>();

  private Image2 source;
  private View area;
  private Interpolation kernel;
  private Image2 shown;

  /**
   * The image at the device pixels of an area, in the units of the series. The returned image is
   * written over by the next call.
   */
  Image2 render(Image2 newSource, View newArea, Interpolation newKernel) {
    if (!newSource.equals(source) || !newArea.equals(area) || newKernel != kernel) {
      if (shown == null || shown.width() != newArea.width() || shown.height() != newArea.height()) {
        shown = new Image2(newArea.width(), newArea.height());
      }
      resample(
          newSource,
          newArea.x() * newArea.columnStep(),
          newArea.columnStep(),
          newArea.y() * newArea.rowStep(),
          newArea.rowStep(),
          newKernel,
          shown);
      source = newSource;
      area = newArea;
      kernel = newKernel;
    }
    return shown;
  }

  /** Fills an image with samples at {@code firstColumn + x * columnStep}, rows alike. */
  static void resample(
      Image2 from,
      double firstColumn,
      double columnStep,
      double firstRow,
      double rowStep,
      Interpolation kernel,
      Image2 to) {
    Resampling resampling =
        kernel.onto(
            new Samples(firstColumn, columnStep, to.width()),
            new Samples(firstRow, rowStep, to.height()),
            from.width(),
            from.height());
    Bands.of(
        to.height(),
        (first, end) -> SCRATCH.set(resampling.rows(from, first, end, to.values(), SCRATCH.get())));
  }
}
