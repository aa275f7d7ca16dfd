package org.loupe.viewer.viewport;

import java.io.UncheckedIOException;
import java.util.Arrays;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.LazySlices;
import org.loupe.image.Volume;
import org.loupe.image.Window;
import org.loupe.study.Series;

/**
 * Grey windows of a series. MR intensities have no unit, so the presets are taken from the series'
 * own distribution of values.
 */
public enum Windows {
  /** As the files say, or {@link #AUTO} where they say nothing. */
  TAGS(1),
  /** From the 1st percentile of all values to the 99.5th of the foreground. */
  AUTO(2),
  /** From the smallest value to the largest. */
  FULL(3),
  /** Between the 10th and the 95th percentile of the foreground: more contrast in tissue. */
  TISSUE(4),
  /** Wide: fluid stays below white. */
  FLUID(5),
  /** Half the width of {@link #AUTO} around its centre. */
  NARROW(6),
  /** The upper half of the foreground: lesions and fluid on T2, PD and FLAIR. */
  BRIGHT(7),
  /** The lower half of the foreground: lesions and fluid on T1. */
  DARK(8),
  /** For lesions, by contrast: dark ones on T1; on the others bright ones, on dark grey tissue. */
  LESION(9);

  /** The digit on the keyboard that chooses it. */
  private final int digit;

  Windows(int digit) {
    this.digit = digit;
  }

  /** The digit on the keyboard that chooses it. */
  public int digit() {
    return digit;
  }

  /** About how many values the percentiles are taken from. */
  private static final int SAMPLES = 200_000;

  /** Slices that are read for them, of a series whose pixels are read on demand. */
  private static final int READ = 12;

  /** Foreground: above this part of the 99.5th percentile of all values. */
  private static final double FOREGROUND = 0.08;

  /** This preset's window for a series. */
  public Window of(Series series) {
    if (this == TAGS && series.window() != null) {
      return series.window();
    }
    float[] all = sample(series.volume());
    double low = percentile(all, 0.01);
    double high = percentile(all, 0.995);
    float[] front =
        Arrays.copyOfRange(all, above(all, low + FOREGROUND * (high - low)), all.length);
    Window auto = between(low, front.length == 0 ? high : percentile(front, 0.995));
    return switch (this) {
      case TAGS, AUTO -> auto;
      case FULL -> between(all[0], all[all.length - 1]);
      case TISSUE ->
          front.length == 0 ? auto : between(percentile(front, 0.10), percentile(front, 0.95));
      case FLUID -> new Window(auto.centre() + auto.width() * 0.25, auto.width() * 1.5);
      case BRIGHT -> bright(front, auto);
      case DARK -> dark(front, low, auto);
      case LESION ->
          series.contrast() == Contrast.T1 ? dark(front, low, auto) : lesion(front, auto);
      case NARROW -> new Window(auto.centre(), auto.width() / 2);
    };
  }

  private static Window bright(float[] front, Window auto) {
    return front.length == 0 ? auto : between(percentile(front, 0.45), percentile(front, 0.998));
  }

  /** {@link #BRIGHT} widened downwards, so that its lower end is a quarter of the way to white. */
  private static Window lesion(float[] front, Window auto) {
    if (front.length == 0) {
      return auto;
    }
    double tissue = percentile(front, 0.45);
    double white = percentile(front, 0.998);
    return between(tissue - (white - tissue) / 3, white);
  }

  private static Window dark(float[] front, double low, Window auto) {
    return front.length == 0 ? auto : between(low, percentile(front, 0.55));
  }

  /** The 1st to the 99th percentile of the pixels of a region of a slice. */
  public static Window ofRegion(Image2 slice, int left, int top, int right, int bottom) {
    int x0 = Math.clamp(left, 0, slice.width() - 1);
    int x1 = Math.clamp(right, x0, slice.width() - 1);
    int y0 = Math.clamp(top, 0, slice.height() - 1);
    int y1 = Math.clamp(bottom, y0, slice.height() - 1);
    float[] values = new float[(x1 - x0 + 1) * (y1 - y0 + 1)];
    int n = 0;
    for (int y = y0; y <= y1; y++) {
      for (int x = x0; x <= x1; x++) {
        if (Float.isFinite(slice.at(x, y))) {
          values[n++] = slice.at(x, y);
        }
      }
    }
    if (n == 0) {
      return new Window(0, 1);
    }
    float[] sorted = Arrays.copyOf(values, n);
    Arrays.sort(sorted);
    return between(percentile(sorted, 0.01), percentile(sorted, 0.99));
  }

  private static Window between(double low, double high) {
    return high > low ? new Window((low + high) / 2, high - low) : new Window(low, 1);
  }

  private static double percentile(float[] sorted, double part) {
    return sorted[(int) Math.round(part * (sorted.length - 1))];
  }

  /** Index of the first sorted value above a limit. */
  private static int above(float[] sorted, double limit) {
    int i = 0;
    while (i < sorted.length && sorted[i] <= limit) {
      i++;
    }
    return i;
  }

  /** The values of a slice; none where it cannot be read, of which the pane that shows it tells. */
  private static float[] values(Volume volume, int k) {
    try {
      return volume.slice(k).values();
    } catch (UncheckedIOException e) {
      return new float[0];
    }
  }

  /** Finite values spread evenly over the slices that can be read, sorted; at least one. */
  private static float[] sample(Volume volume) {
    int every = volume.slices() instanceof LazySlices ? (volume.depth() + READ - 1) / READ : 1;
    int slices = (volume.depth() + every - 1) / every;
    long total = (long) volume.columns() * volume.rows() * slices;
    // An odd stride, so that the samples do not run down one column of an even-sized image.
    int stride = (int) Math.max(1, total / SAMPLES) | 1;
    float[] out = new float[(int) (total / stride) + slices + 1];
    int n = 0;
    long next = 0;
    long start = 0;
    int pixels = volume.columns() * volume.rows();
    for (int k = 0; k < volume.depth(); k += every) {
      float[] v = values(volume, k);
      for (; next < start + pixels; next += stride) {
        float value = v.length == 0 ? Float.NaN : v[(int) (next - start)];
        if (Float.isFinite(value)) {
          out[n++] = value;
        }
      }
      start += pixels;
    }
    if (n == 0) {
      return new float[] {0};
    }
    float[] sorted = Arrays.copyOf(out, n);
    Arrays.sort(sorted);
    return sorted;
  }
}
