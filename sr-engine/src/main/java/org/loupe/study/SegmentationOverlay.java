package org.loupe.study;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.loupe.dicom.Code;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.SegmentationHeader;
import org.loupe.dicom.SegmentationHeader.Place;
import org.loupe.image.Mask;
import org.loupe.image.MaskCut;
import org.loupe.image.Pixel;
import org.loupe.image.Region;
import org.loupe.image.Slab;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/**
 * A segmentation that was opened with a study, to be laid over its images. It was read by its
 * header; frames are decoded when a plane needs them, and those used last are kept as cropped
 * bytes. For any number of threads.
 */
public final class SegmentationOverlay {

  /** Bytes of masks that one opening keeps. */
  static final long KEPT = 64L << 20;

  /**
   * What is segmented.
   *
   * @param number Segment Number
   * @param name Segment Label, else the meaning of its type; may be empty
   * @param type meaning of its property type where that is not its name; may be empty
   * @param colour 0xRRGGBB
   */
  public record Segment(int number, String name, String type, int colour) {}

  /**
   * How much of a segment there is.
   *
   * @param millilitres voxels, in parts where the segmentation is fractional, times the area of a
   *     pixel and the distance of neighbouring planes; NaN where nothing tells that distance for
   *     sure: the planes are unevenly spaced, contradict the spacing that is told, or are too far
   *     apart to be neighbours
   * @param place in the plane that has most of it, LPS mm; null where it is empty
   */
  public record Extent(double millilitres, Vec3 place) {}

  /** Decodes frames. */
  interface Source {
    /**
     * @param frame its place in the file, from 0
     * @throws IOException where it cannot be read: says why
     */
    Mask mask(int frame) throws IOException;
  }

  /**
   * A frame.
   *
   * @param number its place in the file, from 0
   */
  private record Frame(int number, Slab slab) {}

  private final String source;
  private final SegmentationHeader header;
  private final Source decoder;
  private final MaskCache cache;
  private final List<Segment> segments = new ArrayList<>();

  /** Frames by segment number. */
  private final Map<Integer, List<Frame>> frames = new HashMap<>();

  /** Numbers of segments whose voxels are of no known thickness. */
  private final Set<Integer> unmeasured = new HashSet<>();

  /**
   * @param source name of the file for the user
   */
  SegmentationOverlay(String source, SegmentationHeader header, Source decoder, MaskCache cache) {
    this.source = source;
    this.header = header;
    this.decoder = decoder;
    this.cache = cache;
    Map<Integer, List<SlicePlane>> planes =
        header.frames().stream()
            .collect(groupingBy(Place::segment, mapping(Place::plane, toList())));
    Map<Integer, Slabs> slabs = Slabs.of(planes, header.spacing(), header.thickness());
    for (Segmentation.Segment s : header.segments()) {
      segments.add(segment(s, segments.size()));
    }
    for (Place place : header.frames()) {
      frames
          .computeIfAbsent(place.segment(), n -> new ArrayList<>())
          .add(new Frame(place.frame(), slabs.get(place.segment()).slabs().get(place.plane())));
    }
    slabs.forEach(
        (segment, its) -> {
          if (!its.volumes()) {
            unmeasured.add(segment);
          }
        });
  }

  private static Segment segment(Segmentation.Segment s, int n) {
    Code type = s.type();
    String meaning = type == null ? "" : type.meaning();
    boolean named = !s.label().isEmpty();
    return new Segment(
        s.number(),
        named ? s.label() : meaning,
        named && !meaning.equalsIgnoreCase(s.label()) ? meaning : "",
        s.colour() == Segmentation.NO_COLOUR ? SegmentColours.of(n) : s.colour());
  }

  /** SOP Instance UID. */
  public String instanceUid() {
    return header.instanceUid();
  }

  /** What it is called; may be empty. */
  public String name() {
    return header.name();
  }

  /** Name of its file, for the user. */
  public String source() {
    return source;
  }

  /** Whether a pixel belongs to a segment or not, rather than in part. */
  public boolean binary() {
    return header.binary();
  }

  /** What is segmented, in the order of the file. */
  public List<Segment> segments() {
    return List.copyOf(segments);
  }

  /**
   * Whether it lies over the images of a series: in their frame of reference; one that has none,
   * where it refers to them.
   */
  public boolean liesOver(Series series) {
    if (!series.placed()) {
      return false;
    }
    return header.frameOfReference().isEmpty()
        ? series.instanceIds().stream().map(Series::instanceUid).anyMatch(header.images()::contains)
        : header.frameOfReference().equals(series.frameOfReference());
  }

  /**
   * A segment as a plane cuts it; see {@link MaskCut}. Frames are decoded as they are needed.
   *
   * @param lattice samples of the plane
   * @return of the samples
   * @throws IOException where a frame cannot be read: says why
   */
  public Mask cut(int segment, SlicePlane lattice) throws IOException {
    List<Frame> met = met(segment, lattice);
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    for (Frame frame : met) {
      Region r = MaskCut.reach(mask(frame), frame.slab(), !binary(), lattice);
      if (r != null) {
        left = Math.min(left, r.column());
        top = Math.min(top, r.row());
        right = Math.max(right, r.column() + r.columns());
        bottom = Math.max(bottom, r.row() + r.rows());
      }
    }
    if (right == 0) {
      return Mask.EMPTY;
    }
    Region area = new Region(left, top, right - left, bottom - top);
    MaskCut cut = new MaskCut(lattice.region(area));
    for (Frame frame : met) {
      // Asked for again: all of a segment at a time may be more than is kept.
      cut.add(mask(frame), frame.slab(), !binary());
    }
    return new Mask(area, cut.values());
  }

  /** How many frames {@link #cut} takes, if all are decoded; -1 where some are not. */
  public int ready(int segment, SlicePlane lattice) {
    List<Frame> met = met(segment, lattice);
    return met.stream().allMatch(f -> cache.get(this, f.number()) != null) ? met.size() : -1;
  }

  private List<Frame> met(int segment, SlicePlane lattice) {
    return frames.getOrDefault(segment, List.of()).stream()
        .filter(frame -> frame.slab().meets(lattice))
        .toList();
  }

  /**
   * How much of the voxel at a point belongs to a segment, by the frames that are decoded already.
   *
   * @param point LPS mm
   * @return 0 to 1
   */
  public double at(int segment, Vec3 point) {
    int most = 0;
    for (Frame frame : frames.getOrDefault(segment, List.of())) {
      if (frame.slab().holds(point)) {
        Mask mask = cache.get(this, frame.number());
        Pixel pixel = frame.slab().plane().toPixel(point);
        int column = (int) Math.floor(pixel.column() + 0.5);
        int row = (int) Math.floor(pixel.row() + 0.5);
        most = Math.max(most, mask == null ? 0 : mask.at(column, row));
      }
    }
    return (double) most / Mask.ALL;
  }

  /**
   * Measures all segments: decodes every frame, one after the other; what there is room for is
   * kept.
   *
   * @param stopped asked before each frame
   * @return by segment number
   * @throws IOException where a frame cannot be read: says why
   * @throws CancellationException where it was stopped
   */
  public Map<Integer, Extent> measure(BooleanSupplier stopped) throws IOException {
    Map<Integer, Extent> extents = new LinkedHashMap<>();
    for (Segment segment : segments) {
      Map<Slab, List<Frame>> slabs =
          frames.getOrDefault(segment.number(), List.of()).stream()
              .collect(groupingBy(Frame::slab, LinkedHashMap::new, toList()));
      double volume = 0;
      double most = 0;
      Vec3 middle = null;
      for (Map.Entry<Slab, List<Frame>> each : slabs.entrySet()) {
        Slab slab = each.getKey();
        SlicePlane plane = slab.plane();
        Mask mask = mask(slab, each.getValue(), stopped);
        double area = mask.pixels() * plane.columnStep().cross(plane.rowStep()).length();
        volume += area * slab.thickness() / 1000;
        if (area > most) {
          most = area;
          Region r = mask.area();
          middle =
              plane.toPatient(r.column() + (r.columns() - 1) / 2.0, r.row() + (r.rows() - 1) / 2.0);
        }
      }
      boolean known = !unmeasured.contains(segment.number());
      extents.put(segment.number(), new Extent(known ? volume : Double.NaN, middle));
    }
    return extents;
  }

  /** What there is of a segment in a slab: one frame as a rule, of more than one all together. */
  private Mask mask(Slab slab, List<Frame> in, BooleanSupplier stopped) throws IOException {
    MaskCut all = in.size() == 1 ? null : new MaskCut(slab.plane());
    for (Frame frame : in) {
      if (stopped.getAsBoolean()) {
        throw new CancellationException();
      }
      if (all == null) {
        return mask(frame);
      }
      all.add(mask(frame), slab, false);
    }
    Region whole = new Region(0, 0, slab.plane().columns(), slab.plane().rows());
    return new Mask(whole, all.values());
  }

  private Mask mask(Frame frame) throws IOException {
    Mask mask = cache.get(this, frame.number());
    if (mask == null) {
      mask = decoder.mask(frame.number());
      cache.put(this, frame.number(), mask);
    }
    return mask;
  }
}
