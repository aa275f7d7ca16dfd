package org.loupe.dicom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.image.SlicePlane;

/**
 * A segmentation (PS3.3 A.51) as its header tells it: what is segmented, and where its frames lie.
 * It keeps nothing else of the file.
 *
 * @param instanceUid SOP Instance UID
 * @param name Content Label, or Series Description; may be empty
 * @param frameOfReference Frame of Reference UID; may be empty
 * @param images SOP Instance UIDs of the images it refers to, where it has no frame of reference
 * @param binary whether a pixel belongs to a segment or not, rather than in part
 * @param spacing Spacing Between Slices, mm; NaN where it is not told
 * @param thickness Slice Thickness, mm; NaN where it is not told
 * @param segments what is segmented, those too that only frames name
 * @param frames one segment in one plane each; planes that are equal are one object
 */
public record SegmentationHeader(
    String instanceUid,
    String name,
    String frameOfReference,
    Set<String> images,
    boolean binary,
    double spacing,
    double thickness,
    List<Segmentation.Segment> segments,
    List<Place> frames) {

  /**
   * A frame.
   *
   * @param frame its place in the file, from 0
   * @param segment Referenced Segment Number
   * @param plane where its pixels lie, LPS mm
   */
  public record Place(int frame, int segment, SlicePlane plane) {}

  public SegmentationHeader {
    images = Set.copyOf(images);
    segments = List.copyOf(segments);
    frames = List.copyOf(frames);
  }

  /**
   * Reads a header.
   *
   * @param file as read up to its pixels or whole
   * @throws DicomException where it does not tell where its frames lie or what they show
   */
  public static SegmentationHeader of(DicomFile file) throws DicomException {
    DicomDataset d = file.dataset();
    String type = d.string(Tag.SEGMENTATION_TYPE);
    if (!type.equals("BINARY") && !type.equals("FRACTIONAL")) {
      throw new DicomException("segmentations of type '%s' are not supported".formatted(type));
    }
    List<Segmentation.Segment> segments = new ArrayList<>(described(d));
    List<FramePlan> plans = FramePlan.of(file);
    String label = d.string(Tag.CONTENT_LABEL);
    String frameOfReference = d.string(Tag.FRAME_OF_REFERENCE_UID);
    return new SegmentationHeader(
        d.string(Tag.SOP_INSTANCE_UID),
        label.isEmpty() ? d.string(Tag.SERIES_DESCRIPTION) : label,
        frameOfReference,
        frameOfReference.isEmpty() ? images(d) : Set.of(),
        type.equals("BINARY"),
        plans.get(0).tags().number(Tag.SPACING_BETWEEN_SLICES).orElse(Double.NaN),
        plans.get(0).tags().number(Tag.SLICE_THICKNESS).orElse(Double.NaN),
        segments,
        places(plans, segments));
  }

  /** Segments by different numbers; of those that share one, the first. */
  private static List<Segmentation.Segment> described(DicomDataset d) {
    Set<Integer> numbers = new HashSet<>();
    return Segmentation.segments(d).stream().filter(s -> numbers.add(s.number())).toList();
  }

  /**
   * @param segments takes those that frames name although they are not described
   */
  private static List<Place> places(List<FramePlan> plans, List<Segmentation.Segment> segments)
      throws DicomException {
    Set<Integer> known = new HashSet<>();
    segments.forEach(s -> known.add(s.number()));
    Map<SlicePlane, SlicePlane> planes = new HashMap<>();
    Set<List<Object>> taken = new HashSet<>();
    List<Place> places = new ArrayList<>();
    for (FramePlan plan : plans) {
      int alone = segments.size() == 1 ? segments.get(0).number() : 0;
      int segment = (int) plan.tags().number(Tag.REFERENCED_SEGMENT_NUMBER).orElse(alone);
      if (segment < 1) {
        throw new DicomException(
            "frame %d does not say which segment it shows".formatted(plan.frame() + 1));
      }
      if (known.add(segment)) {
        segments.add(new Segmentation.Segment(segment, "", null, null, Segmentation.NO_COLOUR));
      }
      SlicePlane plane = planes.computeIfAbsent(plan.plane(), p -> p);
      // A second frame of a segment in one plane would count its voxels twice.
      if (taken.add(List.of(segment, plane))) {
        places.add(new Place(plan.frame(), segment, plane));
      }
    }
    return places;
  }

  private static Set<String> images(DicomDataset d) {
    Set<String> images = new HashSet<>();
    for (DicomDataset series : d.items(Tag.REFERENCED_SERIES_SEQUENCE)) {
      add(images, series.items(Tag.REFERENCED_INSTANCE_SEQUENCE));
    }
    add(images, d.items(Tag.SOURCE_IMAGE_SEQUENCE));
    return images;
  }

  private static void add(Set<String> images, List<DicomDataset> references) {
    references.forEach(r -> images.add(r.string(Tag.REFERENCED_SOP_INSTANCE_UID)));
  }
}
