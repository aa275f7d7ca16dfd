package org.loupe.sr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Samples;
import org.loupe.image.Statistics;

/**
 * Finds places where the reference changed the super-resolved picture although what it shows there
 * is not in the target. Only structures that the target's own pixels could have shown are judged:
 * finer ones are what the reference is for.
 *
 * <p>The reference is filtered and sampled to the target's acquired pixels. In a window of {@value
 * #SIDE} x {@value #SIDE} of them, with s(T) and s(R) the standard deviations over the {@link
 * Statistics#normal} of target and reference and c their correlation, the reference shows something
 * that the target does not where
 *
 * <ul>
 *   <li>s(R) is at least {@link #STRUCTURE},
 *   <li>s(T) is at most {@link #SHOWN} of s(R), and
 *   <li>c squared is at most {@link #EXPLAINED}: a linear function of the target explains no more
 *       of the reference.
 * </ul>
 *
 * <p>Such a pixel counts where the picture changed: the root mean square of the difference of the
 * results with and without the reference, over the pixel's output pixels, is above the error that
 * the model expects there and above {@link #CHANGED} of the target's normal. At least {@link
 * #LEAST_PIXELS} pixels that touch make a place.
 */
public final class ReferenceOnly {

  private static final int SIDE = 5;
  private static final double STRUCTURE = 0.03;
  private static final double SHOWN = 0.35;
  private static final double EXPLAINED = 0.5;
  private static final double CHANGED = 0.005;
  private static final int LEAST_PIXELS = 3;

  /**
   * A place that only the reference shows.
   *
   * @param column its middle on the lattice that the slice is stored on
   * @param row its middle on that lattice
   * @param radius of the circle around all of it, stored pixels
   * @param change largest root mean square change of a pixel, in the units of the target
   * @param expectedError error that the model expects at that pixel, same units
   */
  public record Place(
      double column, double row, double radius, double change, double expectedError) {}

  private final SliceInput acquired;
  private final double columnShare;
  private final double rowShare;
  private final int width;
  private final int height;

  private ReferenceOnly(SliceInput stored) {
    acquired = stored.onAcquiredGrid();
    width = acquired.target().width();
    height = acquired.target().height();
    columnShare = (double) width / stored.target().width();
    rowShare = (double) height / stored.target().height();
  }

  /**
   * The places in a view, the largest change first.
   *
   * @param slice what the engine was given, with its reference
   * @param view output pixels on the stored lattice
   * @param guided result with the reference, of the view's size
   * @param unguided result without it
   * @param expectedError error that the model expects of {@code guided}
   * @return empty without a reference
   */
  public static List<Place> find(
      SliceInput slice, View view, Image2 guided, Image2 unguided, Image2 expectedError) {
    if (slice.reference() == null) {
      return List.of();
    }
    ReferenceOnly search = new ReferenceOnly(slice);
    return search.places(search.changes(view, guided, unguided, expectedError));
  }

  /** Change and expected error of each acquired pixel; NaN outside the view. */
  private record Changes(float[] change, float[] error) {}

  private Changes changes(View view, Image2 guided, Image2 unguided, Image2 expectedError) {
    int n = width * height;
    double[] squares = new double[n];
    double[] errors = new double[n];
    int[] counts = new int[n];
    for (int y = 0; y < view.height(); y++) {
      int row = (int) Math.rint((view.y() + y) * view.rowStep() * rowShare);
      for (int x = 0; x < view.width(); x++) {
        int column = (int) Math.rint((view.x() + x) * view.columnStep() * columnShare);
        if (row >= 0 && row < height && column >= 0 && column < width) {
          int i = row * width + column;
          double d = guided.at(x, y) - unguided.at(x, y);
          squares[i] += d * d;
          errors[i] += expectedError.at(x, y);
          counts[i]++;
        }
      }
    }
    float[] change = new float[n];
    float[] error = new float[n];
    for (int i = 0; i < n; i++) {
      change[i] = counts[i] == 0 ? Float.NaN : (float) Math.sqrt(squares[i] / counts[i]);
      error[i] = counts[i] == 0 ? Float.NaN : (float) (errors[i] / counts[i]);
    }
    return new Changes(change, error);
  }

  private List<Place> places(Changes changes) {
    Image2 target = SliceInput.finite(acquired.target());
    SliceInput.Reference reference = acquired.reference();
    Image2 guide =
        Interpolation.BICUBIC.resample(
            SliceInput.finite(reference.image()),
            new Samples(0, 1 / reference.columnRatio(), width),
            new Samples(0, 1 / reference.rowRatio(), height));
    double normal = Statistics.normal(target);
    double guideNormal = Statistics.normal(guide);
    boolean[] found = new boolean[width * height];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        // An error that the model does not tell (NaN) excuses nothing.
        found[i] =
            changes.change[i] > CHANGED * normal
                && !(changes.change[i] <= changes.error[i])
                && onlyInGuide(target, normal, guide, guideNormal, c, r);
      }
    }
    return grouped(found, changes);
  }

  private boolean onlyInGuide(
      Image2 target, double normal, Image2 guide, double guideNormal, int column, int row) {
    int half = SIDE / 2;
    double t = 0;
    double g = 0;
    double tt = 0;
    double gg = 0;
    double tg = 0;
    int n = 0;
    for (int r = Math.max(0, row - half); r <= Math.min(height - 1, row + half); r++) {
      for (int c = Math.max(0, column - half); c <= Math.min(width - 1, column + half); c++) {
        double a = target.at(c, r) / normal;
        double b = guide.at(c, r) / guideNormal;
        t += a;
        g += b;
        tt += a * a;
        gg += b * b;
        tg += a * b;
        n++;
      }
    }
    double varianceT = Math.max(0, tt / n - t / n * (t / n));
    double varianceG = Math.max(0, gg / n - g / n * (g / n));
    double covariance = tg / n - t / n * (g / n);
    return varianceG >= STRUCTURE * STRUCTURE
        && varianceT <= SHOWN * SHOWN * varianceG
        && covariance * covariance <= EXPLAINED * varianceT * varianceG;
  }

  private List<Place> grouped(boolean[] found, Changes changes) {
    List<Place> out = new ArrayList<>();
    boolean[] taken = new boolean[found.length];
    for (int i = 0; i < found.length; i++) {
      if (found[i] && !taken[i]) {
        List<Integer> pixels = component(found, taken, i);
        if (pixels.size() >= LEAST_PIXELS) {
          out.add(place(pixels, changes));
        }
      }
    }
    out.sort(Comparator.comparingDouble(Place::change).reversed());
    return out;
  }

  /** The pixels that touch one another, also by corners. */
  private List<Integer> component(boolean[] found, boolean[] taken, int first) {
    List<Integer> out = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    taken[first] = true;
    open.add(first);
    while (!open.isEmpty()) {
      int i = open.poll();
      out.add(i);
      int column = i % width;
      int row = i / width;
      for (int r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
        for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          int j = r * width + c;
          if (found[j] && !taken[j]) {
            taken[j] = true;
            open.add(j);
          }
        }
      }
    }
    return out;
  }

  private Place place(List<Integer> pixels, Changes changes) {
    double column = 0;
    double row = 0;
    int most = pixels.get(0);
    for (int i : pixels) {
      int y = i / width;
      column += i % width;
      row += y;
      most = changes.change[i] > changes.change[most] ? i : most;
    }
    column /= pixels.size();
    row /= pixels.size();
    double radius = 0;
    for (int i : pixels) {
      int y = i / width;
      radius =
          Math.max(radius, Math.hypot((i % width - column) / columnShare, (y - row) / rowShare));
    }
    double pixel = 0.5 / Math.min(columnShare, rowShare);
    return new Place(
        column / columnShare,
        row / rowShare,
        radius + pixel,
        changes.change[most],
        changes.error[most]);
  }
}
