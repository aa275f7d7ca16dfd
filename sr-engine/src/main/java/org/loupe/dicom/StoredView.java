package org.loupe.dicom;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.image.Pixel;
import org.loupe.image.Window;

/**
 * A softcopy presentation state as it is read (PS3.3 A.33.1): part of an image, how it is turned,
 * grey scale, and graphics over it.
 *
 * @param instanceUid SOP Instance UID of the state
 * @param label what its author calls it
 * @param created date and time of its creation as DICOM writes them, one after the other
 * @param images what it is a view of, alike
 * @param area what is displayed; null where that is not said
 * @param turn how the image is turned for the screen
 * @param voi grey window or table; null for that of the image
 * @param inverted whether low values are bright
 * @param drawings graphics and texts
 * @param unread what it says beside, which nothing here shows
 */
public record StoredView(
    String instanceUid,
    String label,
    String created,
    List<Reference> images,
    Area area,
    SpatialTransformation turn,
    VoiLut voi,
    boolean inverted,
    List<Drawing> drawings,
    Set<Part> unread) {

  /** SOP Class UID of grayscale softcopy presentation states. */
  public static final String STORAGE = "1.2.840.10008.5.1.4.1.1.11.1";

  /** Makes one group of the repeating groups of overlays, (60xx,eeee). */
  private static final int OVERLAY_GROUPS = 0xff00ffff;

  /** Sequences whose items may be of some of the images alone. */
  private static final int[] BY_IMAGE = {
    Tag.DISPLAYED_AREA_SELECTION_SEQUENCE,
    Tag.SOFTCOPY_VOILUT_SEQUENCE,
    Tag.GRAPHIC_ANNOTATION_SEQUENCE
  };

  /** Parts of a state that are not shown. */
  public enum Part {
    SHUTTER,
    OVERLAYS,
    PRESENTATION_LUT,
    MODALITY_LUT,
    VOI_LUT,
    COMPOUND_GRAPHICS,
    SIZE
  }

  /**
   * An image.
   *
   * @param frames 1-based frames; empty for all
   */
  public record Reference(String instanceUid, List<Integer> frames) {
    public Reference {
      frames = List.copyOf(frames);
    }

    /** Whether both name a frame that is the same. */
    private boolean meets(Reference other) {
      return instanceUid.equals(other.instanceUid)
          && (frames.isEmpty()
              || other.frames.isEmpty()
              || !Collections.disjoint(frames, other.frames));
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
    unread = Set.copyOf(unread);
  }

  /** The grey window; null for that of the image. */
  public Window window() {
    return voi == null ? null : voi.window();
  }

  /** The first of {@link #all}. */
  public static StoredView of(DicomDataset d) {
    return all(d).get(0);
  }

  /**
   * Reads a state: a view for each group of its images that it shows alike, at least one. What it
   * does not say is left out.
   */
  public static List<StoredView> all(DicomDataset d) {
    Map<List<DicomDataset>, List<Reference>> alike = new LinkedHashMap<>();
    for (DicomDataset series : d.items(Tag.REFERENCED_SERIES_SEQUENCE)) {
      for (DicomDataset item : series.items(Tag.REFERENCED_IMAGE_SEQUENCE)) {
        Reference image = reference(item);
        List<DicomDataset> parts =
            IntStream.of(BY_IMAGE).boxed().flatMap(tag -> of(d, tag, image).stream()).toList();
        alike.computeIfAbsent(parts, p -> new ArrayList<>()).add(image);
      }
    }
    return alike.isEmpty()
        ? List.of(view(d, List.of()))
        : alike.values().stream().map(images -> view(d, images)).toList();
  }

  /** The items of a sequence that are of an image: those that name it, or none. */
  private static List<DicomDataset> of(DicomDataset d, int tag, Reference image) {
    return d.items(tag).stream()
        .filter(
            item -> {
              List<DicomDataset> named = item.items(Tag.REFERENCED_IMAGE_SEQUENCE);
              return named.isEmpty()
                  || image == null
                  || named.stream().anyMatch(n -> reference(n).meets(image));
            })
        .toList();
  }

  /**
   * @param images all shown as the first one is; empty where the state names none
   */
  private static StoredView view(DicomDataset d, List<Reference> images) {
    Reference first = images.isEmpty() ? null : images.get(0);
    SpatialTransformation turn = SpatialTransformation.of(d);
    List<DicomDataset> areas = of(d, Tag.DISPLAYED_AREA_SELECTION_SEQUENCE, first);
    List<DicomDataset> layers = of(d, Tag.GRAPHIC_ANNOTATION_SEQUENCE, first);
    Area area = area(areas, turn);
    Set<Part> unread = unread(d, areas, layers);
    VoiLut voi = null;
    try {
      voi = voi(of(d, Tag.SOFTCOPY_VOILUT_SEQUENCE, first));
    } catch (DicomException e) {
      unread.add(Part.VOI_LUT); // a broken table: the image's own is shown instead
    }
    return new StoredView(
        d.string(Tag.SOP_INSTANCE_UID),
        label(d),
        d.string(Tag.PRESENTATION_CREATION_DATE) + d.string(Tag.PRESENTATION_CREATION_TIME),
        images,
        area,
        turn,
        voi,
        d.string(Tag.PRESENTATION_LUT_SHAPE).equals("INVERSE"),
        drawings(layers, area),
        unread);
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

  private static Area area(List<DicomDataset> areas, SpatialTransformation turn) {
    for (DicomDataset item : areas) {
      double[] from = item.numbers(Tag.DISPLAYED_AREA_TOP_LEFT_HAND_CORNER);
      double[] to = item.numbers(Tag.DISPLAYED_AREA_BOTTOM_RIGHT_HAND_CORNER);
      if (from.length == 2 && to.length == 2) {
        return new Area(
            new Pixel(from[0] - 1, from[1] - 1),
            new Pixel(to[0] - 1, to[1] - 1),
            turn.transposed());
      }
    }
    return null;
  }

  private static VoiLut voi(List<DicomDataset> items) throws DicomException {
    for (DicomDataset item : items) {
      VoiLut voi = VoiLut.ofSoftcopy(item);
      if (voi != null) {
        return voi;
      }
    }
    return null;
  }

  private static Set<Part> unread(
      DicomDataset d, List<DicomDataset> areas, List<DicomDataset> layers) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    add(parts, Part.SHUTTER, d.has(Tag.SHUTTER_SHAPE) || d.has(Tag.SHUTTER_OVERLAY_GROUP));
    add(parts, Part.PRESENTATION_LUT, d.has(Tag.PRESENTATION_LUT_SEQUENCE));
    add(parts, Part.MODALITY_LUT, d.has(Tag.MODALITY_LUT_SEQUENCE));
    add(
        parts,
        Part.OVERLAYS,
        d.elements().stream().anyMatch(e -> (e.tag() & OVERLAY_GROUPS) == Tag.OVERLAY_LAYER));
    for (DicomDataset layer : layers) {
      add(parts, Part.COMPOUND_GRAPHICS, layer.has(Tag.COMPOUND_GRAPHIC_SEQUENCE));
    }
    for (DicomDataset area : areas) {
      String mode = area.string(Tag.PRESENTATION_SIZE_MODE);
      add(parts, Part.SIZE, !mode.isEmpty() && !mode.equals("SCALE TO FIT"));
    }
    return parts;
  }

  private static void add(Set<Part> parts, Part part, boolean there) {
    if (there) {
      parts.add(part);
    }
  }

  private static List<Drawing> drawings(List<DicomDataset> layers, Area area) {
    List<Drawing> drawings = new ArrayList<>();
    for (DicomDataset layer : layers) {
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
