package org.loupe.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Simulates what a scanner stores of an object: noise, k-space filter, zero filling, magnitude. */
public final class Scanner {

  /** Weight of a frequency, 0 in the middle of k-space to 1 at its edge. */
  public enum Filter implements DoubleUnaryOperator {
    NONE,
    HAMMING,
    TUKEY;

    @Override
    public double applyAsDouble(double u) {
      return switch (this) {
        case NONE -> 1;
        case HAMMING -> 0.54 + 0.46 * Math.cos(Math.PI * u);
        case TUKEY -> u < 0.6 ? 1 : 0.5 + 0.5 * Math.cos(0.95 * Math.PI * (u - 0.6) / 0.4);
      };
    }
  }

  private static final List<Image2> OBJECT =
      IntStream.range(0, 5).mapToObj(k -> ellipses(384, k)).toList();

  private Scanner() {}

  /**
   * Slices of an object of many ellipses with sharp borders, drawn on 384 x 384 pixels and sampled
   * in k-space, so that their band is full.
   *
   * @param slices at most 5
   */
  public static List<Image2> object(int width, int height, int slices) {
    List<Image2> stack = new ArrayList<>();
    for (int k = 0; k < slices; k++) {
      stack.add(KSpace.degrade(OBJECT.get(k), width, height));
    }
    return stack;
  }

  private static Image2 ellipses(int n, int seed) {
    Random random = new Random(40 + seed);
    Image2 image = new Image2(n, n);
    add(image, 0.5, 0.5, 0.32, 0.4, 0, 300);
    for (int i = 0; i < 1500; i++) {
      double distance = 0.3 * Math.sqrt(random.nextDouble());
      double angle = 2 * Math.PI * random.nextDouble();
      double size = 0.003 / (0.03 + random.nextDouble());
      double value = 200 * (random.nextDouble() - 0.45);
      double x = 0.5 + 0.9 * distance * Math.cos(angle);
      double y = 0.5 + 1.15 * distance * Math.sin(angle);
      add(image, x, y, size, size * (0.4 + random.nextDouble()), angle, value);
    }
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] = Math.max(0, image.values()[i]);
    }
    return image;
  }

  /** Adds an ellipse; centre and radii in parts of the image. */
  private static void add(
      Image2 image, double x, double y, double a, double b, double angle, double value) {
    int n = image.width();
    int reach = (int) Math.ceil(n * Math.max(a, b));
    int left = (int) (n * x) - reach;
    int top = (int) (n * y) - reach;
    for (int row = Math.max(0, top); row < Math.min(n, top + 2 * reach + 2); row++) {
      for (int column = Math.max(0, left); column < Math.min(n, left + 2 * reach + 2); column++) {
        double dx = (double) column / n - x;
        double dy = (double) row / n - y;
        double u = (dx * Math.cos(angle) + dy * Math.sin(angle)) / a;
        double v = (dy * Math.cos(angle) - dx * Math.sin(angle)) / b;
        image.values()[row * n + column] += u * u + v * v < 1 ? (float) value : 0;
      }
    }
  }

  /**
   * An image as stored: whole grey values.
   *
   * @param acquired the object, band-limited to its lattice
   * @param snr the object's 300 over the standard deviation of the real and of the imaginary noise;
   *     0 for no noise
   */
  public static Image2 stored(
      Image2 acquired, Filter filter, double snr, int width, int height, Random random) {
    Image2 real = new Image2(acquired.values().clone(), acquired.width(), acquired.height());
    Image2 imaginary = new Image2(acquired.width(), acquired.height());
    for (int i = 0; i < real.values().length && snr > 0; i++) {
      real.values()[i] += (float) (300 / snr * random.nextGaussian());
      imaginary.values()[i] += (float) (300 / snr * random.nextGaussian());
    }
    Image2 re = KSpace.zeroFill(filtered(real, filter), width, height);
    Image2 im = KSpace.zeroFill(filtered(imaginary, filter), width, height);
    for (int i = 0; i < re.values().length; i++) {
      re.values()[i] = Math.round(Math.hypot(re.values()[i], im.values()[i]));
    }
    return re;
  }

  private static Image2 filtered(Image2 image, Filter filter) {
    if (filter == Filter.NONE) {
      return image;
    }
    double[] across = kernel(filter, image.width());
    double[] down = kernel(filter, image.height());
    int w = image.width();
    int h = image.height();
    Image2 half = new Image2(w, h);
    Image2 whole = new Image2(w, h);
    for (int row = 0; row < h; row++) {
      for (int column = 0; column < w; column++) {
        double sum = 0;
        for (int j = 0; j < w; j++) {
          sum += across[Math.floorMod(column - j, w)] * image.at(j, row);
        }
        half.values()[row * w + column] = (float) sum;
      }
    }
    for (int row = 0; row < h; row++) {
      for (int column = 0; column < w; column++) {
        double sum = 0;
        for (int j = 0; j < h; j++) {
          sum += down[Math.floorMod(row - j, h)] * half.at(column, j);
        }
        whole.values()[row * w + column] = (float) sum;
      }
    }
    return whole;
  }

  /** The inverse Fourier transform of the filter's weights. */
  private static double[] kernel(Filter filter, int n) {
    double[] kernel = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = -(n / 2); k < n - n / 2; k++) {
        double weight = filter.applyAsDouble(Math.abs(k) / (n / 2.0));
        kernel[i] += weight * Math.cos(2 * Math.PI * k * i / n) / n;
      }
    }
    return kernel;
  }
}
