package org.loupe.viewer.viewport;

import java.util.BitSet;
import java.util.Map;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.sr.View;

/**
 * A complete super-resolved view of a slice, put together of its tiles. The last one is carried
 * over to the lattices of the zooms that follow until their own tiles are there: a zoom goes from
 * super-resolved to super-resolved, without interpolated pixels in between.
 *
 * @param values super-resolved values of {@code view}
 * @param expectedError mean absolute error that the model expects
 */
record Assembled(View view, Image2 values, Image2 expectedError) {

  /** Fewest pixels of the carried view along an axis that are worth carrying. */
  private static final int LEAST = 4;

  /** Puts tiles together that cover a view, or null where they do not cover it. */
  static Assembled of(View view, TileSet tiles) {
    Image2 values = new Image2(view.width(), view.height());
    Image2 errors = new Image2(view.width(), view.height());
    // Tiles may overlap: a view of a zoom and those that a pan from there asked for.
    BitSet copied = new BitSet(view.width() * view.height());
    for (Map.Entry<View, TileSet.Arrived> e : tiles.all().entrySet()) {
      View t = e.getKey();
      int x0 = Math.max(t.x(), view.x());
      int x1 = Math.min(t.x() + t.width(), view.x() + view.width());
      int y0 = Math.max(t.y(), view.y());
      int y1 = Math.min(t.y() + t.height(), view.y() + view.height());
      for (int y = y0; y < y1 && x0 < x1; y++) {
        int from = (y - t.y()) * t.width() + x0 - t.x();
        int to = (y - view.y()) * view.width() + x0 - view.x();
        System.arraycopy(e.getValue().values().values(), from, values.values(), to, x1 - x0);
        System.arraycopy(e.getValue().expectedError().values(), from, errors.values(), to, x1 - x0);
        copied.set(to, to + x1 - x0);
      }
    }
    boolean whole = copied.cardinality() == view.width() * view.height();
    return whole && view.width() >= LEAST && view.height() >= LEAST
        ? new Assembled(view, values, errors)
        : null;
  }

  /**
   * What of an area of another zoom lies in the carried view; null where nothing does.
   *
   * @param errors whether the expected error is to be there too
   * @param past what was made before and is needed no more: its image may be written over; null for
   *     none
   */
  Patch onto(View area, boolean errors, Patch past) {
    int x0 = Math.max(area.x(), first(view.x(), view.columnStep(), area.columnStep()));
    int y0 = Math.max(area.y(), first(view.y(), view.rowStep(), area.rowStep()));
    int x1 =
        Math.min(
            area.x() + area.width(),
            last(view.x() + view.width() - 1, view.columnStep(), area.columnStep()) + 1);
    int y1 =
        Math.min(
            area.y() + area.height(),
            last(view.y() + view.height() - 1, view.rowStep(), area.rowStep()) + 1);
    if (x1 <= x0 || y1 <= y0) {
      return null;
    }
    View there = new View(area.columnStep(), area.rowStep(), x0, y0, x1 - x0, y1 - y0);
    // The carried images' own lattice: their first pixel is 0.
    double columns = area.columnStep() / view.columnStep();
    double rows = area.rowStep() / view.rowStep();
    return new Patch(
        there,
        resampled(values, there, columns, rows, Interpolation.BICUBIC, past),
        errors
            ? resampled(expectedError, there, columns, rows, Interpolation.BILINEAR, null)
            : null,
        1);
  }

  private static int first(int edge, double from, double to) {
    return (int) Math.ceil(edge * from / to - 1e-6);
  }

  private static int last(int edge, double from, double to) {
    return (int) Math.floor(edge * from / to + 1e-6);
  }

  private Image2 resampled(
      Image2 image, View there, double columns, double rows, Interpolation by, Patch past) {
    boolean fits =
        past != null
            && past.values().width() == there.width()
            && past.values().height() == there.height();
    Image2 out = fits ? past.values() : new Image2(there.width(), there.height());
    BaseLayer.resample(
        image, there.x() * columns - view.x(), columns, there.y() * rows - view.y(), rows, by, out);
    return out;
  }
}
