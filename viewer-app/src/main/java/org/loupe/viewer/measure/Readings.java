package org.loupe.viewer.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.sr.View;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.Badge;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneGeometry;
import org.loupe.viewer.viewport.SrStatus;

/**
 * What a measurement says in a pane. Values come from the original pixels of the pane's slice;
 * those of the super-resolved pixels stand beside them, once all of the region's are there.
 */
public final class Readings {

  /** Results kept; more measurements than this on one slice are worked out again. */
  private static final int KEPT = 64;

  /**
   * Super-resolved values in a region.
   *
   * @param expectedError mean of the errors that the model expects of single pixels
   */
  public record Resolved(double mean, double sd, double expectedError) {}

  /** Whose values: those of another model, reference or prior are others at the same place. */
  private record Place(Measurement measurement, String picture, SlicePlane plane, double step) {}

  private final Map<Measurement, RegionStatistics> originals = new LinkedHashMap<>();
  private final Map<Place, Resolved> resolved = new LinkedHashMap<>();
  private SlicePlane originalsOf;
  private Image2 originalsIn;

  /**
   * One line that says what a measurement is and, of lengths and angles, how much.
   *
   * @param sized whether the size of the pixels is known
   */
  public static String name(Measurement m, boolean sized) {
    String kind = Texts.of("command.measure." + m.kind());
    return switch (m.kind()) {
      case LENGTH -> kind + "   " + length(m, sized);
      case ANGLE -> kind + "   " + Texts.of("measure.degrees", one(Measures.angle(m)));
      case COBB -> kind + "   " + Texts.of("measure.degrees", one(Measures.cobb(m)));
      case PROBE -> kind;
      case RECTANGLE, ELLIPSE, FREEHAND -> kind + "   " + area(Measures.area(m), sized);
    };
  }

  /**
   * Where the size of the pixels is not known each counts as a millimetre, and is called a pixel.
   */
  private static String length(Measurement m, boolean sized) {
    return Texts.of(sized ? "measure.mm" : "measure.px", one(Measures.length(m)));
  }

  /** An area of square millimetres, or pixels, with its unit. */
  public static String area(double area, boolean sized) {
    return Texts.of(sized ? "measure.mm2" : "measure.px2", one(area));
  }

  /** Lines for the pane. */
  List<String> lines(Measurement m, ImagePane pane) {
    return switch (m.kind()) {
      case LENGTH -> List.of(length(m, pane.seriesProperty().get().sized()));
      case ANGLE -> List.of(Texts.of("measure.degrees", one(Measures.angle(m))));
      case COBB -> List.of(Texts.of("measure.cobb", one(Measures.cobb(m))));
      case PROBE -> pixel(m, pane);
      case RECTANGLE, ELLIPSE, FREEHAND -> region(m, pane);
    };
  }

  private List<String> region(Measurement m, ImagePane pane) {
    RegionStatistics s = original(m, pane);
    if (s == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    boolean sized = pane.seriesProperty().get().sized();
    lines.add(Texts.of("measure.area", area(s.area(), sized), s.count()));
    if (s.count() > 0) {
      lines.add(Texts.of("measure.original", value(s.mean()), value(s.sd())));
      lines.add(Texts.of("measure.range", value(s.min()), value(s.max())));
    }
    Resolved r = resolved(m, pane);
    if (r != null) {
      lines.add(
          Texts.of("measure.resolved", value(r.mean()), value(r.sd()), value(r.expectedError())));
    }
    return lines;
  }

  private static List<String> pixel(Measurement m, ImagePane pane) {
    PaneGeometry g = pane.geometry();
    Pixel p = g.plane().toPixel(m.points().get(0));
    Image2 slice = pane.slice();
    int c = (int) Math.floor(p.column() + 0.5);
    int r = (int) Math.floor(p.row() + 0.5);
    if (slice == null || c < 0 || r < 0 || c >= slice.width() || r >= slice.height()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(Texts.of("measure.pixel", Badge.number(slice.at(c, r))));
    View v = g.view();
    int x = (int) Math.round(p.column() / v.columnStep());
    int y = (int) Math.round(p.row() / v.rowStep());
    double value = pane.resolvedAt(x, y);
    if (!Double.isNaN(value)) {
      double error = pane.expectedErrorAt(x, y);
      lines.add(Texts.of("measure.pixelResolved", Badge.number(value), Badge.number(error)));
    }
    return lines;
  }

  /** Statistics of the original pixels on the pane's slice; null where that cannot be read. */
  public RegionStatistics original(Measurement m, ImagePane pane) {
    SlicePlane plane = pane.plane();
    Image2 slice = pane.slice();
    if (slice == null) {
      return null;
    }
    if (!plane.equals(originalsOf) || !slice.equals(originalsIn)) {
      originals.clear();
      originalsOf = plane;
      originalsIn = slice;
    }
    trim(originals);
    return originals.computeIfAbsent(m, k -> RegionStatistics.of(k, plane, slice));
  }

  /** Statistics of the super-resolved pixels; null until all of the region's are there. */
  public Resolved resolved(Measurement m, ImagePane pane) {
    PaneGeometry g = pane.geometry();
    if (g == null || pane.status().phase() != SrStatus.Phase.DONE) {
      return null;
    }
    Place place = new Place(m, pane.resolvedKey(), g.plane(), g.view().columnStep());
    Resolved known = resolved.get(place);
    if (known == null) {
      known = read(m, pane, g);
      if (known != null) {
        trim(resolved);
        resolved.put(place, known);
      }
    }
    return known;
  }

  private static Resolved read(Measurement m, ImagePane pane, PaneGeometry g) {
    View area = g.onImage();
    if (area == null) {
      return null;
    }
    RegionMask mask =
        RegionMask.of(
            m,
            g.plane(),
            area.columnStep(),
            area.rowStep(),
            area.x(),
            area.y(),
            area.width(),
            area.height());
    double[] values = new double[mask.inside().length];
    double errors = 0;
    int n = 0;
    for (int r = 0; r < mask.height(); r++) {
      for (int c = 0; c < mask.width(); c++) {
        if (mask.inside()[r * mask.width() + c]) {
          double v = pane.resolvedAt(mask.column() + c, mask.row() + r);
          if (Double.isNaN(v)) {
            return null;
          }
          values[n++] = v;
          errors += pane.expectedErrorAt(mask.column() + c, mask.row() + r);
        }
      }
    }
    double covered = n * area.columnStep() * area.rowStep();
    double whole = Measures.area(m) / (g.plane().columnSpacing() * g.plane().rowSpacing());
    // A region that reaches beyond the pane is not read in part.
    if (n == 0 || covered < 0.97 * whole - 4 * area.columnStep()) {
      return null;
    }
    RegionStatistics s = RegionStatistics.of(0, values, n);
    return new Resolved(s.mean(), s.sd(), errors / n);
  }

  private static <K> void trim(Map<K, ?> map) {
    if (map.size() >= KEPT) {
      map.remove(map.keySet().iterator().next());
    }
  }

  /** A value of pixels: one decimal, more digits of what is less than 1. */
  public static String value(double value) {
    return Math.abs(value) < 1 ? Badge.number(value) : one(value);
  }

  private static String one(double value) {
    return String.format(java.util.Locale.ENGLISH, "%.1f", value);
  }
}
