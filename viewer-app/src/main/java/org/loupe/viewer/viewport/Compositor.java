package org.loupe.viewer.viewport;

import java.util.Arrays;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.VoiCurve;
import org.loupe.image.Window;
import org.loupe.sr.View;

/**
 * Turns the layers of a pane into its pixels. Every layer lies on one output lattice and is mixed
 * as float values before the window is applied once, so a fading tile changes neither position nor
 * brightness by itself. Rows are shared among the cores.
 */
final class Compositor {

  private static final int BLACK = 0xff000000;

  /**
   * One picture.
   *
   * @param base values of the frame's area; null where patches cover all of it
   * @param patches super-resolved tiles, later ones over earlier ones; empty for none
   * @param window its window, in its own units
   * @param curve how grey rises within the window; null for in a straight line
   */
  record Channel(Image2 base, List<Patch> patches, Window window, VoiCurve curve) {
    Channel(Image2 base, List<Patch> patches, Window window) {
      this(base, patches, window, null);
    }

    /** The window that 256 steps of colour belong to. */
    private Window steps() {
      return curve == null ? window : curve.spanned(window);
    }
  }

  /** How the channels make the picture. */
  enum Mix {
    /** The first one only. */
    FIRST,
    /** The second one beyond the split. */
    SPLIT,
    /** Second less first. */
    DIFFERENCE
  }

  /**
   * A map over the picture, from the patches of its first resolved channel.
   *
   * @param kind which map
   * @param base interpolated values of the area, which {@link Overlay#ADDED} is counted from; null
   *     for other maps
   * @param unguided tiles without the reference, which {@link Overlay#GUIDANCE} is counted from
   * @param range value of the last colour (and, of a signed map, less it of the first)
   * @param opacity 0 to 1
   */
  record Map(
      Overlay kind,
      Image2 base,
      List<Patch> patches,
      List<Patch> unguided,
      double range,
      double opacity) {}

  /**
   * What is to be painted.
   *
   * @param pane the pane's device pixels on the output lattice
   * @param area the part of them that lies on the slice; null where there is none
   * @param second null unless the mix needs it
   * @param range of a difference: values from less it to it take the signed colours
   * @param relative whether a difference is one of parts of both windows, in percent
   * @param colours 256 opaque ARGB colours of the picture
   * @param tint tissue colours of {@code area}; null for none
   * @param map null for none
   */
  record Frame(
      View pane,
      View area,
      Channel first,
      Channel second,
      Mix mix,
      Split split,
      double range,
      boolean relative,
      int[] colours,
      Tint tint,
      double tintOpacity,
      Map map) {}

  private static final int[] GREY = ColourMap.GREY.shared(false);
  private static final int[] SIGNED = ColourMap.SIGNED.table(false);
  private static final int[] RISING = ColourMap.INFERNO.table(false);

  /** Paints a frame into pane.width() * pane.height() opaque ARGB pixels. */
  void paint(Frame f, int[] argb) {
    View pane = f.pane();
    View area = f.area();
    if (area == null) {
      Arrays.fill(argb, 0, pane.width() * pane.height(), BLACK);
      return;
    }
    int top = area.y() - pane.y();
    Arrays.fill(argb, 0, top * pane.width(), BLACK);
    Arrays.fill(argb, (top + area.height()) * pane.width(), pane.width() * pane.height(), BLACK);
    Colours colours = new Colours(bent(f, f.first()), bent(f, f.second()));
    Bands.of(
        area.height(),
        (from, end) -> {
          float[] one = new float[area.width()];
          float[] two = new float[area.width()];
          for (int r = from; r < end; r++) {
            row(f, colours, r, one, two, argb);
          }
        });
  }

  /** Colours of both channels' 256 steps. */
  private record Colours(int[] first, int[] second) {}

  private static int[] bent(Frame f, Channel channel) {
    return channel == null || channel.curve() == null
        ? f.colours()
        : channel.curve().of(f.colours());
  }

  private static void row(Frame f, Colours colours, int r, float[] one, float[] two, int[] argb) {
    View pane = f.pane();
    View area = f.area();
    int left = area.x() - pane.x();
    int w = area.width();
    int start = (area.y() - pane.y() + r) * pane.width();
    Arrays.fill(argb, start, start + left, BLACK);
    Arrays.fill(argb, start + left + w, start + pane.width(), BLACK);
    int to = start + left;
    mixed(f.first(), area, r, one);
    switch (f.mix()) {
      case FIRST -> coloured(one, 0, w, f.first().steps(), colours.first(), argb, to);
      case SPLIT -> {
        mixed(f.second(), area, r, two);
        int[] second = f.split().second(area.y() - pane.y() + r, pane.width(), pane.height());
        int x0 = Math.clamp(second[0] - left, 0, w);
        int x1 = Math.clamp(second[1] - left, x0, w);
        coloured(one, 0, x0, f.first().steps(), colours.first(), argb, to);
        coloured(two, x0, x1, f.second().steps(), colours.second(), argb, to);
        coloured(one, x1, w, f.first().steps(), colours.first(), argb, to);
      }
      case DIFFERENCE -> {
        mixed(f.second(), area, r, two);
        if (f.relative()) {
          percent(one, f.first().window());
          percent(two, f.second().window());
        }
        for (int x = 0; x < w; x++) {
          one[x] = two[x] - one[x];
        }
        coloured(one, 0, w, new Window(0, 2 * f.range()), SIGNED, argb, to);
      }
    }
    if (f.tint() != null) {
      f.tint().blend(r, argb, to, f.tintOpacity());
    }
    if (f.map() != null) {
      overlay(f.map(), area, r, argb, to);
    }
  }

  /** A row of a channel's values with its tiles. */
  private static void mixed(Channel c, View area, int r, float[] line) {
    int w = area.width();
    if (c.base() != null) {
      System.arraycopy(c.base().values(), r * w, line, 0, w);
    }
    int y = area.y() + r;
    for (Patch p : c.patches()) {
      View t = p.area();
      if (y < t.y() || y >= t.y() + t.height()) {
        continue;
      }
      int x0 = Math.max(t.x(), area.x());
      int x1 = Math.min(t.x() + t.width(), area.x() + w);
      int source = (y - t.y()) * t.width() - t.x();
      float a = p.opacity();
      float[] v = p.values().values();
      if (a == 1) {
        if (x0 < x1) {
          System.arraycopy(v, source + x0, line, x0 - area.x(), x1 - x0);
        }
        continue;
      }
      for (int x = x0; x < x1; x++) {
        float b = line[x - area.x()];
        line[x - area.x()] = b + a * (v[source + x] - b);
      }
    }
  }

  private static void percent(float[] values, Window window) {
    float gain = (float) (100 / window.width());
    float low = (float) (window.centre() - window.width() / 2);
    for (int x = 0; x < values.length; x++) {
      values[x] = (values[x] - low) * gain;
    }
  }

  /** Colours values from {@code x0} to {@code x1}; value x goes to pixel {@code to + x}. */
  private static void coloured(
      float[] values, int x0, int x1, Window window, int[] colours, int[] argb, int to) {
    float gain = (float) (255 / window.width());
    float offset = (float) (0.5 - (window.centre() - window.width() / 2) * gain);
    if (colours == GREY) {
      // Without a table the compiler makes vector instructions of it.
      for (int x = x0; x < x1; x++) {
        int v = (int) Math.min(Math.max(values[x] * gain + offset, 0f), 255f);
        argb[to + x] = BLACK | v * 0x010101;
      }
      return;
    }
    for (int x = x0; x < x1; x++) {
      // A cast rounds towards zero, and NaN becomes 0.
      argb[to + x] = colours[(int) Math.min(Math.max(values[x] * gain + offset, 0f), 255f)];
    }
  }

  private static void overlay(Map map, View area, int r, int[] argb, int to) {
    int y = area.y() + r;
    int[] colours = map.kind().signed() ? SIGNED : RISING;
    for (Patch p : map.patches()) {
      View t = p.area();
      if (y < t.y() || y >= t.y() + t.height()) {
        continue;
      }
      float[] less = null;
      if (map.kind() == Overlay.GUIDANCE) {
        less = values(map.unguided(), t);
        if (less == null) {
          continue;
        }
      }
      int x0 = Math.max(t.x(), area.x());
      int x1 = Math.min(t.x() + t.width(), area.x() + area.width());
      int source = (y - t.y()) * t.width() - t.x();
      boolean error = map.kind() == Overlay.EXPECTED_ERROR;
      float[] v = error ? p.expectedError().values() : p.values().values();
      float opacity = (float) (p.opacity() * map.opacity());
      for (int x = x0; x < x1; x++) {
        int i = x - area.x();
        float value =
            switch (map.kind()) {
              case ADDED -> v[source + x] - map.base().values()[r * area.width() + i];
              case GUIDANCE -> Math.abs(v[source + x] - less[source + x]);
              case EXPECTED_ERROR, NONE -> v[source + x];
            };
        float part = Math.clamp(value / (float) map.range(), -1f, 1f);
        // Where nothing was changed, or the model does not tell, the image shows.
        float cover = error ? 1 : Math.min(1, 1.5f * Math.abs(part));
        cover = Float.isNaN(value) ? 0 : opacity * cover;
        float at = map.kind().signed() ? (part + 1) / 2 : Math.max(0, part);
        argb[to + i] = over(argb[to + i], colours[(int) (at * 255 + 0.5f)], cover);
      }
    }
  }

  /** Values of the tile of an area; null where there is none. */
  private static float[] values(List<Patch> patches, View area) {
    for (Patch p : patches) {
      if (p.area().equals(area)) {
        return p.values().values();
      }
    }
    return null;
  }

  private static int over(int below, int above, float cover) {
    int out = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = below >> shift & 255;
      int b = above >> shift & 255;
      out = out << 8 | (int) (a + cover * (b - a) + 0.5f);
    }
    return out;
  }
}
