package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Pixel;
import org.loupe.image.Window;

/**
 * A softcopy presentation state as it is read (PS3.3 A.33.1): part of an image, window, and
 * graphics over it. Its rotation and flip only tell how the corners of the area lie.
 *
 * @param instanceUid SOP Instance UID of the state
 * @param label what its author calls it
 * @param created date and time of its creation as DICOM writes them, one after the other
 * @param images what it is a view of
 * @param area what is displayed; null where that is not said
 * @param window grey window; null for that of the image
 * @param inverted whether low values are bright
 * @param drawings graphics and texts
 */
public record StoredView(
    String instanceUid,
    String label,
    String created,
    List<Reference> images,
    Area area,
    Window window,
    boolean inverted,
    List<Drawing> drawings) {

  /** SOP Class UID of grayscale softcopy presentation states. */
  public static final String STORAGE = "1.2.840.10008.5.1.4.1.1.11.1";

  /**
   * An image.
   *
   * @param frames 1-based frames; empty for all
   */
  public record Reference(String instanceUid, List<Integer> frames) {
    public Reference {
      frames = List.copyOf(frames);
    }
  }

  /**
   * The displayed area, in pixels of the image before it is turned: (0, 0) is the centre of the
   * first.
   *
   * @param topLeft centre of the pixel that is in the upper left corner of the screen
   * @param bottomRight that of the lower right corner
   * @param turned whether rows of the image are columns of the screen
   */
  public record Area(Pixel topLeft, Pixel bottomRight, boolean turned) {

    /** Position of a fraction of the area, 0 to 1 to the right and down on the screen. */
    Pixel at(double right, double down) {
      double columns = bottomRight.column() - topLeft.column();
      double rows = bottomRight.row() - topLeft.row();
      return new Pixel(
          topLeft.column() + columns * (turned ? down : right),
          topLeft.row() + rows * (turned ? right : down));
    }
  }

  /**
   * A graphic or a text.
   *
   * @param type POINT, POLYLINE, INTERPOLATED, CIRCLE, ELLIPSE (PS3.3 C.10.5.1.2) or TEXT
   * @param points positions in pixels of the image, (0, 0) the centre of the first
   * @param text empty for a graphic
   */
  public record Drawing(String type, List<Pixel> points, String text) {
    public Drawing {
      points = List.copyOf(points);
    }
  }

  public StoredView {
    images = List.copyOf(images);
    drawings = List.copyOf(drawings);
  }

  /** Reads a state; what it does not say is left out. */
  public static StoredView of(DicomDataset d) {
    List<Reference> images = new ArrayList<>();
    for (DicomDataset series : d.items(Tag.REFERENCED_SERIES_SEQUENCE)) {
      series.items(Tag.REFERENCED_IMAGE_SEQUENCE).forEach(i -> images.add(reference(i)));
    }
    Area area = area(d);
    return new StoredView(
        d.string(Tag.SOP_INSTANCE_UID),
        label(d),
        d.string(Tag.PRESENTATION_CREATION_DATE) + d.string(Tag.PRESENTATION_CREATION_TIME),
        images,
        area,
        window(d),
        d.string(Tag.PRESENTATION_LUT_SHAPE).equals("INVERSE"),
        drawings(d, area));
  }

  private static String label(DicomDataset d) {
    String description = d.string(Tag.CONTENT_DESCRIPTION);
    return description.isEmpty() ? d.string(Tag.CONTENT_LABEL) : description;
  }

  private static Reference reference(DicomDataset item) {
    List<Integer> frames = new ArrayList<>();
    for (double frame : item.numbers(Tag.REFERENCED_FRAME_NUMBER)) {
      frames.add((int) frame);
    }
    return new Reference(item.string(Tag.REFERENCED_SOP_INSTANCE_UID), frames);
  }

  private static Area area(DicomDataset d) {
    for (DicomDataset item : d.items(Tag.DISPLAYED_AREA_SELECTION_SEQUENCE)) {
      double[] from = item.numbers(Tag.DISPLAYED_AREA_TOP_LEFT_HAND_CORNER);
      double[] to = item.numbers(Tag.DISPLAYED_AREA_BOTTOM_RIGHT_HAND_CORNER);
      if (from.length == 2 && to.length == 2) {
        int rotation = d.integer(Tag.IMAGE_ROTATION, 0);
        return new Area(
            new Pixel(from[0] - 1, from[1] - 1),
            new Pixel(to[0] - 1, to[1] - 1),
            rotation == 90 || rotation == 270);
      }
    }
    return null;
  }

  private static Window window(DicomDataset d) {
    for (DicomDataset item : d.items(Tag.SOFTCOPY_VOILUT_SEQUENCE)) {
      double[] centre = item.numbers(Tag.WINDOW_CENTER);
      double[] width = item.numbers(Tag.WINDOW_WIDTH);
      if (centre.length > 0 && width.length > 0 && width[0] > 0 && Double.isFinite(centre[0])) {
        return new Window(centre[0], width[0]);
      }
    }
    return null;
  }

  private static List<Drawing> drawings(DicomDataset d, Area area) {
    List<Drawing> drawings = new ArrayList<>();
    for (DicomDataset layer : d.items(Tag.GRAPHIC_ANNOTATION_SEQUENCE)) {
      for (DicomDataset g : layer.items(Tag.GRAPHIC_OBJECT_SEQUENCE)) {
        List<Pixel> points =
            points(g.numbers(Tag.GRAPHIC_DATA), g.string(Tag.GRAPHIC_ANNOTATION_UNITS), area);
        if (!points.isEmpty()) {
          drawings.add(new Drawing(g.string(Tag.GRAPHIC_TYPE), points, ""));
        }
      }
      for (DicomDataset t : layer.items(Tag.TEXT_OBJECT_SEQUENCE)) {
        boolean anchored = t.has(Tag.ANCHOR_POINT);
        List<Pixel> points =
            anchored
                ? points(
                    t.numbers(Tag.ANCHOR_POINT), t.string(Tag.ANCHOR_POINT_ANNOTATION_UNITS), area)
                : points(
                    t.numbers(Tag.BOUNDING_BOX_TOP_LEFT_HAND_CORNER),
                    t.string(Tag.BOUNDING_BOX_ANNOTATION_UNITS),
                    area);
        if (!points.isEmpty()) {
          drawings.add(new Drawing("TEXT", points, t.string(Tag.UNFORMATTED_TEXT_VALUE)));
        }
      }
    }
    return drawings;
  }

  /** Coordinates in pairs: of pixels, whose corner is (0, 0), or fractions of the area. */
  private static List<Pixel> points(double[] data, String units, Area area) {
    List<Pixel> points = new ArrayList<>();
    for (int n = 0; n + 1 < data.length; n += 2) {
      if (units.equals("DISPLAY") && area != null) {
        points.add(area.at(data[n], data[n + 1]));
      } else if (!units.equals("DISPLAY")) {
        points.add(new Pixel(data[n] - 0.5, data[n + 1] - 0.5));
      }
    }
    return points;
  }
}
