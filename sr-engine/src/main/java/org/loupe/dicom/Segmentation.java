package org.loupe.dicom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.loupe.image.CieLab;
import org.loupe.image.Image2;
import org.loupe.image.Labels;
import org.loupe.image.Mask;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;

/**
 * A segmentation (PS3.3 A.51), binary or fractional.
 *
 * @param binary whether values are 0 and 1 alone
 * @param segments what is segmented
 * @param frames one segment in one plane each, in the order of the file
 */
public record Segmentation(boolean binary, List<Segment> segments, List<Plane> frames) {

  public static final String STORAGE = "1.2.840.10008.5.1.4.1.1.66.4";

  /** Colour of a segment that recommends none. */
  public static final int NO_COLOUR = -1;

  private static final String PROPERTY = "SCT";

  /** Tissues of the prior in the order of their labels, from 1. */
  private static final List<String> TISSUES =
      List.of(Tissues.CSF.value(), Tissues.GREY_MATTER.value(), Tissues.WHITE_MATTER.value());

  /** Codes of the tissues that super-resolution is guided by. */
  public static final class Tissues {
    public static final Code TISSUE = Code.sct("85756007", "Tissue");
    public static final Code BODY_SUBSTANCE = Code.sct("91720002", "Body Substance");
    public static final Code CSF = Code.sct("65216001", "Cerebrospinal Fluid");
    public static final Code GREY_MATTER = Code.sct("389081007", "Gray Matter");
    public static final Code WHITE_MATTER = Code.sct("389080008", "White Matter");

    private Tissues() {}
  }

  /**
   * A segment.
   *
   * @param number Segment Number
   * @param category Segmented Property Category
   * @param type Segmented Property Type
   * @param colour Recommended Display CIELab Value as 0xRRGGBB of sRGB; {@link #NO_COLOUR} where
   *     there is none
   */
  public record Segment(int number, String label, Code category, Code type, int colour) {}

  /**
   * A frame.
   *
   * @param segment Referenced Segment Number
   * @param plane where its pixels lie, LPS mm
   * @param values 0 to 1: membership, probability or occupancy
   */
  public record Plane(int segment, SlicePlane plane, Image2 values) {}

  public Segmentation {
    segments = List.copyOf(segments);
    frames = List.copyOf(frames);
  }

  /** Whether a file is a segmentation. */
  public static boolean is(DicomFile file) {
    return FrameReader.sopClass(file).equals(STORAGE);
  }

  /**
   * Reads a segmentation.
   *
   * @throws DicomException where it is none, or broken
   */
  public static Segmentation read(DicomFile file) throws DicomException {
    return read(file, segment -> true);
  }

  /**
   * Reads a segmentation without the frames of other things than tissues, which may be many.
   *
   * @throws DicomException where it is none, or broken
   */
  public static Segmentation readTissues(DicomFile file) throws DicomException {
    return read(file, tissues(segments(file.dataset()))::containsKey);
  }

  /** Whether a segmentation has segments that are tissues, by its header alone. */
  public static boolean hasTissues(DicomDataset d) {
    return !tissues(segments(d)).isEmpty();
  }

  static List<Segment> segments(DicomDataset d) {
    List<Segment> segments = new ArrayList<>();
    for (DicomDataset item : d.items(Tag.SEGMENT_SEQUENCE)) {
      segments.add(
          new Segment(
              item.integer(Tag.SEGMENT_NUMBER, 0),
              item.string(Tag.SEGMENT_LABEL),
              Code.of(item, Tag.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE),
              Code.of(item, Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE),
              colour(item.numbers(Tag.RECOMMENDED_DISPLAY_CIE_LAB_VALUE))));
    }
    return segments;
  }

  /** Of 16-bit numbers (PS3.3 C.10.7.1.1): L* from 0 to 100, a* and b* from -128 to 127. */
  private static int colour(double[] lab) {
    return lab.length != 3
        ? NO_COLOUR
        : CieLab.toRgb(
            lab[0] * 100 / 65535, lab[1] * 255 / 65535 - 128, lab[2] * 255 / 65535 - 128);
  }

  /** Places in {@link #TISSUES} by segment number. */
  private static Map<Integer, Integer> tissues(List<Segment> segments) {
    Map<Integer, Integer> tissues = new LinkedHashMap<>();
    for (Segment s : segments) {
      int tissue =
          s.type() == null || !s.type().scheme().equals(PROPERTY)
              ? -1
              : TISSUES.indexOf(s.type().value());
      if (tissue >= 0) {
        tissues.put(s.number(), tissue);
      }
    }
    return tissues;
  }

  /**
   * @param wanted numbers of the segments whose frames are decoded
   */
  private static Segmentation read(DicomFile file, IntPredicate wanted) throws DicomException {
    if (!is(file)) {
      throw new DicomException("it is no segmentation");
    }
    DicomDataset d = file.dataset();
    float most = most(d);
    PixelData pixels = new PixelData(file);
    List<Plane> frames = new ArrayList<>();
    for (FramePlan plan : FramePlan.of(file)) {
      int segment = (int) plan.tags().number(Tag.REFERENCED_SEGMENT_NUMBER).orElse(0);
      if (!wanted.test(segment)) {
        continue;
      }
      int[] stored = pixels.stored(plan.frame());
      float[] values = new float[stored.length];
      for (int n = 0; n < values.length; n++) {
        values[n] = stored[n] / most;
      }
      frames.add(
          new Plane(segment, plan.plane(), new Image2(values, pixels.columns(), pixels.rows())));
    }
    return new Segmentation(isBinary(d), segments(d), frames);
  }

  /**
   * What of a frame belongs to its segment: of a binary one all that is not 0.
   *
   * @param file the whole file
   * @param frame its place in the file, from 0
   * @throws DicomException where it cannot be decoded
   */
  public static Mask mask(DicomFile file, int frame) throws DicomException {
    PixelData pixels = new PixelData(file);
    if (frame >= pixels.frames() || pixels.samples() != 1 || pixels.bitsAllocated() > 16) {
      throw new DicomException("broken: frame %d is no plane of a segment".formatted(frame + 1));
    }
    return Mask.of(pixels.stored(frame), pixels.columns(), most(file.dataset()));
  }

  private static boolean isBinary(DicomDataset d) {
    return d.string(Tag.SEGMENTATION_TYPE).equals("BINARY");
  }

  /** The stored value of a pixel that belongs to its segment as a whole. */
  private static int most(DicomDataset d) {
    return isBinary(d) ? 1 : Math.max(1, d.integer(Tag.MAXIMUM_FRACTIONAL_VALUE, 255));
  }

  /**
   * The most probable tissue of each pixel: 0 background, 1 CSF, 2 grey matter, 3 white matter.
   *
   * @throws DicomException where no segment is one of these tissues
   */
  public Volume labels() throws DicomException {
    Map<Integer, Integer> tissues = tissues(segments);
    if (tissues.isEmpty()) {
      throw new DicomException("none of its segments is CSF, grey or white matter");
    }
    Map<SlicePlane, float[]> maps = new LinkedHashMap<>();
    for (Plane frame : frames) {
      Integer tissue = tissues.get(frame.segment());
      if (tissue != null) {
        float[] values = frame.values().values();
        float[] all =
            maps.computeIfAbsent(frame.plane(), p -> new float[TISSUES.size() * values.length]);
        System.arraycopy(values, 0, all, tissue * values.length, values.length);
      }
    }
    if (maps.isEmpty()) {
      throw new DicomException("none of its frames shows CSF, grey or white matter");
    }
    List<SlicePlane> planes = new ArrayList<>(maps.keySet());
    SlicePlane first = planes.get(0);
    planes.sort((a, b) -> Double.compare(first.distance(a.origin()), first.distance(b.origin())));
    List<Image2> slices = new ArrayList<>();
    for (SlicePlane plane : planes) {
      slices.add(Labels.mostProbable(maps.get(plane), plane.columns(), plane.rows()));
    }
    return new Volume(planes, slices);
  }
}
