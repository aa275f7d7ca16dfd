package org.loupe.viewer.viewport;

import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Samples;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.View;

/**
 * The prior's tissue probabilities as colours over an area of the pane. Colours are told apart with
 * any colour vision (Okabe and Ito's set).
 */
final class Tint {

  /** Cerebrospinal fluid, 0xRRGGBB. */
  static final int CSF = 0x56b4e9;

  /** Grey matter, 0xRRGGBB. */
  static final int GM = 0xe69f00;

  /** White matter, 0xRRGGBB. */
  static final int WM = 0xcc79a7;

  /** Mixed colour times coverage, 0..255 per channel, and coverage (0..1), pixel by pixel. */
  private final float[] red;

  private final float[] green;
  private final float[] blue;
  private final float[] cover;
  private final int width;

  Tint(SlicePrior prior, View area) {
    width = area.width();
    int n = area.width() * area.height();
    red = new float[n];
    green = new float[n];
    blue = new float[n];
    cover = new float[n];
    add(prior.csf(), CSF, prior, area);
    add(prior.gm(), GM, prior, area);
    add(prior.wm(), WM, prior, area);
  }

  private void add(Image2 probability, int colour, SlicePrior prior, View area) {
    // Map pixel c lies at target column c * columnRatio.
    double stepX = area.columnStep() / prior.columnRatio();
    double stepY = area.rowStep() / prior.rowRatio();
    float[] p =
        Interpolation.BILINEAR
            .resample(
                probability,
                new Samples(area.x() * stepX, stepX, area.width()),
                new Samples(area.y() * stepY, stepY, area.height()))
            .values();
    int r = colour >> 16 & 255;
    int g = colour >> 8 & 255;
    int b = colour & 255;
    for (int i = 0; i < p.length; i++) {
      red[i] += p[i] * r;
      green[i] += p[i] * g;
      blue[i] += p[i] * b;
      cover[i] += p[i];
    }
  }

  /** Lays row {@code row} over opaque ARGB pixels. */
  void blend(int row, int[] argb, int start, double opacity) {
    float o = (float) opacity;
    int i = row * width;
    for (int x = start; x < start + width; x++, i++) {
      int c = argb[x];
      float keep = 1 - o * cover[i];
      int r = channel((c >> 16 & 255) * keep + o * red[i]);
      int g = channel((c >> 8 & 255) * keep + o * green[i]);
      int b = channel((c & 255) * keep + o * blue[i]);
      argb[x] = 0xff000000 | r << 16 | g << 8 | b;
    }
  }

  private static int channel(float v) {
    return (int) Math.min(Math.max(v + 0.5f, 0), 255);
  }
}
