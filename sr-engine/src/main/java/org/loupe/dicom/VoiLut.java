package org.loupe.dicom;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.loupe.image.VoiCurve;
import org.loupe.image.Window;

/**
 * How the values of a frame are meant to be shown (PS3.3 C.11.2): from value to brightness, 0 black
 * to 1 white.
 *
 * @param function LINEAR, LINEAR_EXACT, SIGMOID or TABLE
 * @param centre Window Center; unused for a table
 * @param width Window Width; unused for a table
 * @param table VOI LUT; null for a window
 */
public record VoiLut(Function function, double centre, double width, LookupTable table) {

  /** VOI LUT Function (0028,1056), or a table. */
  public enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID,
    TABLE
  }

  /** The first window of a frame, or its first table where it has no window; null for neither. */
  public static VoiLut of(FrameTags tags) throws DicomException {
    VoiLut window =
        window(
            tags.number(Tag.WINDOW_CENTER),
            tags.number(Tag.WINDOW_WIDTH),
            tags.string(Tag.VOI_LUT_FUNCTION));
    if (tags.string(Tag.SOP_CLASS_UID).equals(FrameReader.PARAMETRIC_MAP)) {
      return window == null ? null : RealWorldValues.of(tags).mapped(window);
    }
    boolean signed =
        tags.number(Tag.PIXEL_REPRESENTATION).orElse(0) == 1
            || tags.number(Tag.RESCALE_INTERCEPT).orElse(0) < 0;
    return window != null ? window : table(tags.items(Tag.VOI_LUT_SEQUENCE), signed);
  }

  /** The same of an item of a Softcopy VOI LUT Sequence (PS3.3 C.11.8). */
  static VoiLut ofSoftcopy(DicomDataset item) throws DicomException {
    VoiLut window =
        window(
            item.number(Tag.WINDOW_CENTER),
            item.number(Tag.WINDOW_WIDTH),
            item.string(Tag.VOI_LUT_FUNCTION));
    List<DicomDataset> tables = item.items(Tag.VOI_LUT_SEQUENCE);
    boolean signed =
        !tables.isEmpty()
            && tables.get(0).get(Tag.LUT_DESCRIPTOR) != null
            && tables.get(0).get(Tag.LUT_DESCRIPTOR).vr() == Vr.SS;
    return window != null ? window : table(tables, signed);
  }

  private static VoiLut window(OptionalDouble centre, OptionalDouble width, String name) {
    if (centre.isEmpty() || width.isEmpty()) {
      return null;
    }
    Function function =
        switch (name.toUpperCase(Locale.ROOT)) {
          case "SIGMOID" -> Function.SIGMOID;
          case "LINEAR_EXACT" -> Function.LINEAR_EXACT;
          default -> Function.LINEAR;
        };
    double least = function == Function.LINEAR ? 1 : 0;
    boolean sound =
        Double.isFinite(centre.getAsDouble())
            && Double.isFinite(width.getAsDouble())
            && width.getAsDouble() > 0
            && width.getAsDouble() >= least;
    return sound ? new VoiLut(function, centre.getAsDouble(), width.getAsDouble(), null) : null;
  }

  private static VoiLut table(List<DicomDataset> tables, boolean signed) throws DicomException {
    return tables.isEmpty()
        ? null
        : new VoiLut(Function.TABLE, 0, 0, LookupTable.of(tables.get(0), signed));
  }

  /** Brightness of a value. */
  public double apply(double value) {
    return switch (function) {
      // PS3.3 C.11.2.1.2.1, C.11.2.1.3.2 and C.11.2.1.3.1.
      case LINEAR ->
          width == 1
              ? value <= centre - 0.5 ? 0 : 1
              : Math.clamp((value - (centre - 0.5)) / (width - 1) + 0.5, 0, 1);
      case LINEAR_EXACT -> Math.clamp((value - centre) / width + 0.5, 0, 1);
      case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - centre) / width));
      case TABLE -> {
        double most = (1L << Math.clamp(table.bits(), 1, 16)) - 1;
        yield Math.min(1, table.apply((int) Math.rint(value)) / most);
      }
    };
  }

  /** The curve within {@link #window()}; null where that is all. */
  public VoiCurve curve() {
    if (function == Function.LINEAR || function == Function.LINEAR_EXACT) {
      return null;
    }
    // Two widths on either side of its centre a sigmoid is as good as black and white.
    double span = function == Function.SIGMOID ? 4 : 1;
    Window spanned = window();
    int[] levels = new int[256];
    for (int n = 0; n < levels.length; n++) {
      double part = ((n + 0.5) / levels.length - 0.5) * span;
      double level = apply(spanned.centre() + part * spanned.width());
      levels[n] = Math.clamp(Math.round(255 * level), 0, 255);
    }
    return new VoiCurve(span, levels);
  }

  /** The linear window that comes nearest; of a table the one over its inputs. */
  public Window window() {
    return table == null
        ? new Window(centre, width)
        : new Window(table.first() + table.entries().length / 2.0, table.entries().length);
  }
}
