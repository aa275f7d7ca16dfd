package org.loupe.dicom.derived;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Uids;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Window;

/**
 * A view of an image as a Grayscale Softcopy Presentation State (PS3.3 A.33.1): part of the image,
 * orientation, window, and findings drawn over it.
 */
public final class PresentationState {

  static final String STORAGE = "1.2.840.10008.5.1.4.1.1.11.1";

  private static final String LAYER = "MEASUREMENTS";

  /** From this width on LINEAR, which every reader knows, is right to a hundredth. */
  private static final double WIDE = 100;

  /**
   * A view.
   *
   * @param image what is seen
   * @param right direction in the patient that is to the right on the screen
   * @param down direction in the patient that is down on the screen
   * @param topLeft position in the patient of the upper left corner, LPS mm
   * @param bottomRight position of the lower right corner
   * @param window grey window in the units of the modality
   * @param inverted whether low values are bright
   * @param findings measurements to draw, of this image
   * @param label what the user calls the view
   */
  public record View(
      SourceImage image,
      Vec3 right,
      Vec3 down,
      Vec3 topLeft,
      Vec3 bottomRight,
      Window window,
      boolean inverted,
      List<Finding> findings,
      String label) {

    public View {
      findings = List.copyOf(findings);
    }

    /** A whole image as it is stored. */
    public static View whole(
        SourceImage image, Window window, List<Finding> findings, String label) {
      SlicePlane p = image.plane();
      return new View(
          image,
          p.columnStep().unit(),
          p.rowStep().unit(),
          p.origin(),
          p.toPatient(p.columns() - 1.0, p.rows() - 1.0),
          window,
          false,
          findings,
          label);
    }
  }

  private PresentationState() {}

  /**
   * The object.
   *
   * @param instance Instance Number
   * @param series the series that it is put into
   * @param when local time
   */
  private static DicomDataset dataset(
      View view, Modules.Series series, int instance, LocalDateTime when) {
    SourceImage image = view.image();
    DatasetBuilder b = new DatasetBuilder();
    Modules.patientAndStudy(b, image.tags());
    Modules.series(b, "PR", series, instance, when);
    Modules.equipment(b);
    Modules.sop(b, STORAGE, Uids.random());
    b.empty(Tag.LATERALITY)
        .text(Tag.CONTENT_LABEL, label(view.label()))
        .text(Tag.CONTENT_DESCRIPTION, Modules.shortened(view.label(), 64))
        .text(Tag.PRESENTATION_CREATION_DATE, Modules.date(when))
        .text(Tag.PRESENTATION_CREATION_TIME, Modules.time(when))
        .empty(Tag.CONTENT_CREATOR_NAME)
        .items(
            Tag.REFERENCED_SERIES_SEQUENCE,
            new DatasetBuilder()
                .text(Tag.SERIES_INSTANCE_UID, image.seriesUid())
                .items(Tag.REFERENCED_IMAGE_SEQUENCE, image.reference().build())
                .build());
    spatial(b, view);
    b.items(Tag.SOFTCOPY_VOILUT_SEQUENCE, window(view.window()))
        .text(Tag.PRESENTATION_LUT_SHAPE, view.inverted() ? "INVERSE" : "IDENTITY");
    annotations(b, view);
    return b.build();
  }

  /** A window; LINEAR ends a unit short of white and takes no width below 1 (C.11.2.1.2.1). */
  private static DicomDataset window(Window window) {
    DatasetBuilder b =
        new DatasetBuilder()
            .numbers(Tag.WINDOW_CENTER, window.centre())
            .numbers(Tag.WINDOW_WIDTH, window.width());
    return (window.width() < WIDE ? b.text(Tag.VOI_LUT_FUNCTION, "LINEAR_EXACT") : b).build();
  }

  /** The views of one study as one series. */
  public static List<DicomDataset> datasets(List<View> views, LocalDateTime when) {
    Modules.Series series = Modules.Series.of(3002, "Views");
    List<DicomDataset> all = new ArrayList<>();
    for (View view : views) {
      all.add(dataset(view, series, all.size() + 1, when));
    }
    return all;
  }

  /** A label as a code string. */
  private static String label(String text) {
    String cleaned = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9 _]", "_").strip();
    return cleaned.isEmpty()
        ? "VIEW"
        : cleaned.substring(0, Math.min(16, cleaned.length())).strip();
  }

  /** Orientation (C.10.6) and displayed area (C.10.4). */
  private static void spatial(DatasetBuilder b, View view) {
    SlicePlane plane = view.image().plane();
    // Components of the screen's directions along the image's columns and rows.
    int rightAcross = sign(view.right().dot(plane.columnStep().unit()));
    int rightDown = sign(view.right().dot(plane.rowStep().unit()));
    int downAcross = sign(view.down().dot(plane.columnStep().unit()));
    int downDown = sign(view.down().dot(plane.rowStep().unit()));
    boolean flipped = rightAcross * downDown - rightDown * downAcross < 0;
    // Turned clockwise by 90 degrees, what was to the right points down.
    int rotation = downDown == 1 ? 0 : downAcross == 1 ? 90 : downDown == -1 ? 180 : 270;
    if (rotation != 0 || flipped) {
      b.numbers(Tag.IMAGE_ROTATION, rotation).text(Tag.IMAGE_HORIZONTAL_FLIP, flipped ? "Y" : "N");
    }
    Pixel from = plane.toPixel(view.topLeft());
    Pixel to = plane.toPixel(view.bottomRight());
    b.items(
        Tag.DISPLAYED_AREA_SELECTION_SEQUENCE,
        new DatasetBuilder()
            .items(Tag.REFERENCED_IMAGE_SEQUENCE, view.image().reference().build())
            .numbers(
                Tag.DISPLAYED_AREA_TOP_LEFT_HAND_CORNER,
                Math.rint(from.column()) + 1,
                Math.rint(from.row()) + 1)
            .numbers(
                Tag.DISPLAYED_AREA_BOTTOM_RIGHT_HAND_CORNER,
                Math.rint(to.column()) + 1,
                Math.rint(to.row()) + 1)
            .text(Tag.PRESENTATION_SIZE_MODE, "SCALE TO FIT")
            .numbers(Tag.PRESENTATION_PIXEL_SPACING, plane.rowSpacing(), plane.columnSpacing())
            .build());
  }

  private static int sign(double component) {
    return Math.abs(component) < 0.5 ? 0 : component > 0 ? 1 : -1;
  }

  private static void annotations(DatasetBuilder b, View view) {
    if (view.findings().isEmpty()) {
      return;
    }
    List<DicomDataset> graphics = new ArrayList<>();
    List<DicomDataset> texts = new ArrayList<>();
    for (Finding f : view.findings()) {
      for (Finding.Graphic g : f.graphics()) {
        graphics.add(
            new DatasetBuilder()
                .text(Tag.GRAPHIC_ANNOTATION_UNITS, "PIXEL")
                .numbers(Tag.GRAPHIC_DIMENSIONS, 2)
                .numbers(Tag.NUMBER_OF_GRAPHIC_POINTS, g.points().size())
                .numbers(Tag.GRAPHIC_DATA, ContentItem.graphicData(g.points()))
                .text(Tag.GRAPHIC_TYPE, g.type())
                .text(Tag.GRAPHIC_FILLED, "N")
                .build());
      }
      double[] anchor =
          ContentItem.graphicData(List.of(f.image().plane().toPixel(f.points().get(0))));
      texts.add(
          new DatasetBuilder()
              .text(Tag.ANCHOR_POINT_ANNOTATION_UNITS, "PIXEL")
              .text(Tag.UNFORMATTED_TEXT_VALUE, text(f))
              .numbers(Tag.ANCHOR_POINT, anchor)
              .text(Tag.ANCHOR_POINT_VISIBILITY, "N")
              .build());
    }
    b.items(
        Tag.GRAPHIC_ANNOTATION_SEQUENCE,
        new DatasetBuilder()
            .items(Tag.REFERENCED_IMAGE_SEQUENCE, view.image().reference().build())
            .text(Tag.GRAPHIC_LAYER, LAYER)
            .items(Tag.GRAPHIC_OBJECT_SEQUENCE, graphics)
            .items(Tag.TEXT_OBJECT_SEQUENCE, texts)
            .build());
    b.items(
        Tag.GRAPHIC_LAYER_SEQUENCE,
        new DatasetBuilder()
            .text(Tag.GRAPHIC_LAYER, LAYER)
            .numbers(Tag.GRAPHIC_LAYER_ORDER, 1)
            .build());
  }

  /** The first number of a finding: its length, angle, area or signal. */
  private static String text(Finding f) {
    if (f.values().isEmpty()) {
      return f.name();
    }
    Finding.Value v = f.values().get(0);
    String unit = v.unit().value().equals("1") ? "" : " " + v.unit().value();
    return String.format(Locale.ROOT, "%.1f%s", v.value(), unit);
  }
}
