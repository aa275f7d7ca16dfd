package org.loupe.viewer.viewport;

import java.util.Arrays;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.Window;
import org.loupe.sr.View;

/**
 * Turns the layers of a pane into its pixels. Every layer lies on one output lattice and is mixed
 * as float values before the window is applied once, so a fading tile changes neither position nor
 * brightness by itself.
 */
final class Compositor {

  private static final int BLACK = 0xff000000;

  /** One line of mixed values; grows as needed. */
  private float[] line = new float[0];

  /**
   * What is to be painted.
   *
   * @param pane the pane's device pixels on the output lattice
   * @param area the part of them that lies on the slice; null where there is none
   * @param base interpolated values of {@code area}
   * @param patches super-resolved tiles, later ones over earlier ones
   * @param patchesFrom first output column of the lattice that shows patches: the wipe's divider
   * @param window grey window
   * @param tint tissue colours of {@code area}; null for none
   * @param tintOpacity 0 to 1
   */
  record Frame(
      View pane,
      View area,
      Image2 base,
      List<Patch> patches,
      int patchesFrom,
      Window window,
      Tint tint,
      double tintOpacity) {}

  /** Paints a frame into pane.width() * pane.height() opaque ARGB pixels. */
  void paint(Frame f, int[] argb) {
    View pane = f.pane();
    View area = f.area();
    if (area == null) {
      Arrays.fill(argb, 0, pane.width() * pane.height(), BLACK);
      return;
    }
    int left = area.x() - pane.x();
    int top = area.y() - pane.y();
    int w = area.width();
    if (line.length < w) {
      line = new float[w];
    }
    Arrays.fill(argb, 0, top * pane.width(), BLACK);
    for (int r = 0; r < area.height(); r++) {
      System.arraycopy(f.base().values(), r * w, line, 0, w);
      for (Patch p : f.patches()) {
        mix(p, area, area.y() + r, f.patchesFrom());
      }
      int start = (top + r) * pane.width();
      Arrays.fill(argb, start, start + left, BLACK);
      grey(line, w, f.window(), argb, start + left);
      Arrays.fill(argb, start + left + w, start + pane.width(), BLACK);
      if (f.tint() != null) {
        f.tint().blend(r, argb, start + left, f.tintOpacity());
      }
    }
    Arrays.fill(argb, (top + area.height()) * pane.width(), pane.width() * pane.height(), BLACK);
  }

  private void mix(Patch p, View area, int y, int from) {
    View t = p.area();
    if (y < t.y() || y >= t.y() + t.height()) {
      return;
    }
    int x0 = Math.max(Math.max(t.x(), area.x()), from);
    int x1 = Math.min(t.x() + t.width(), area.x() + area.width());
    int source = (y - t.y()) * t.width() - t.x();
    float a = p.opacity();
    float[] v = p.values().values();
    for (int x = x0; x < x1; x++) {
      float b = line[x - area.x()];
      line[x - area.x()] = b + a * (v[source + x] - b);
    }
  }

  private static void grey(float[] values, int count, Window window, int[] argb, int start) {
    float gain = (float) (255 / window.width());
    float offset = (float) (0.5 - (window.centre() - window.width() / 2) * gain);
    for (int x = 0; x < count; x++) {
      // A cast rounds towards zero, and NaN becomes 0.
      int g = (int) Math.min(Math.max(values[x] * gain + offset, 0f), 255f);
      argb[start + x] = BLACK | g * 0x010101;
    }
  }
}
