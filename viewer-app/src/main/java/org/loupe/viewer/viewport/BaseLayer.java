package org.loupe.viewer.viewport;

import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Samples;
import org.loupe.sr.View;

/**
 * The acquired slice interpolated to device pixels: what is on the screen before, without and
 * beside super-resolution. The kernel is the same while a gesture goes on and after it, so nothing
 * changes when it ends.
 */
final class BaseLayer {

  /** Its name in the pane's badge is {@code badge.kernel} of the texts. */
  private static final Interpolation KERNEL = Interpolation.BICUBIC;

  private Image2 slice;
  private View area;
  private Image2 shown;
  private float[] scratch;

  /**
   * The slice at the device pixels of an area, in the units of the series. The returned image is
   * written over by the next call.
   */
  Image2 render(Image2 newSlice, View newArea) {
    if (!newSlice.equals(slice) || !newArea.equals(area)) {
      if (shown == null || shown.width() != newArea.width() || shown.height() != newArea.height()) {
        shown = new Image2(newArea.width(), newArea.height());
      }
      Samples columns =
          new Samples(newArea.x() * newArea.columnStep(), newArea.columnStep(), newArea.width());
      Samples rows =
          new Samples(newArea.y() * newArea.rowStep(), newArea.rowStep(), newArea.height());
      scratch = KERNEL.resample(newSlice, columns, rows, shown.values(), scratch);
      slice = newSlice;
      area = newArea;
    }
    return shown;
  }
}
