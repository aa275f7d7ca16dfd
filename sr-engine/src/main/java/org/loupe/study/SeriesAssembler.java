package org.loupe.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Overlay;
import org.loupe.dicom.PhilipsScaling;
import org.loupe.dicom.Tag;
import org.loupe.dicom.VoiLut;
import org.loupe.image.Image2;
import org.loupe.image.LazySlices;
import org.loupe.image.SliceCache;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;

/**
 * Sorts frames into stacks by geometry, never by file name: one Series Instance UID is split by
 * frame of reference, size, spacing and orientation, then by Stack ID and echo; where positions
 * still repeat, by what tells the repetitions apart (inversion time, b-value, time point, ...) if
 * each part is then a whole stack. What still repeats is dropped and reported.
 */
final class SeriesAssembler {

  /** Directions (unit vectors) closer than this are one orientation: about half a degree. */
  private static final double SAME_DIRECTION = 0.01;

  /** Echo times further apart than this are different echoes, ms. */
  private static final double ECHO_STEP = 0.15;

  /** What may tell repeated positions apart, most telling first. */
  private static final List<Function<FrameTags, String>> REPETITIONS =
      List.of(
          t -> String.join("\\", t.strings(Tag.FRAME_TYPE, Tag.IMAGE_TYPE)),
          t -> t.string(Tag.INVERSION_TIME, Tag.INVERSION_TIMES),
          t -> t.string(Tag.DIFFUSION_B_VALUE),
          t -> t.string(Tag.TEMPORAL_POSITION_INDEX, Tag.TEMPORAL_POSITION),
          t -> t.string(Tag.FLIP_ANGLE),
          t -> t.string(Tag.REPETITION_TIME),
          t -> t.string(Tag.TRIGGER_DELAY, Tag.TRIGGER_TIME),
          t -> t.string(Tag.FRAME_ACQUISITION_NUMBER, Tag.ACQUISITION_NUMBER),
          SeriesAssembler::dimensions,
          t -> t.string(Tag.CONTENT_TIME));

  private SeriesAssembler() {}

  /**
   * The series of the frames of one Series Instance UID, by rising echo time.
   *
   * @param cache keeps slices that are read later
   */
  static List<Series> assemble(List<Frame> frames, SliceCache cache) {
    List<String> notes = new ArrayList<>();
    List<List<Frame>> stacks = new ArrayList<>();
    for (List<Frame> oriented : byGeometry(distinctInstances(frames, notes))) {
      for (List<Frame> same : partition(oriented, t -> t.string(Tag.STACK_ID))) {
        for (List<Frame> echo : byEcho(same)) {
          stacks.addAll(byRepetition(echo, 0));
        }
      }
    }
    List<Series> series = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (List<Frame> stack : stacks) {
      series.add(stack(stack, notes, ids, stacks, cache));
    }
    return series;
  }

  /** A file that was copied twice is no second slice. */
  private static List<Frame> distinctInstances(List<Frame> frames, List<String> notes) {
    Map<String, Frame> byId = new LinkedHashMap<>();
    frames.forEach(frame -> byId.putIfAbsent(frame.instanceId(), frame));
    if (byId.size() < frames.size()) {
      int copies = frames.size() - byId.size();
      notes.add(copies + (copies == 1 ? " file is there twice" : " files are there twice"));
    }
    return new ArrayList<>(byId.values());
  }

  private static List<List<Frame>> byGeometry(List<Frame> frames) {
    List<List<Frame>> groups = new ArrayList<>();
    for (Frame frame : frames) {
      List<Frame> home = null;
      for (List<Frame> group : groups) {
        if (sameGeometry(group.get(0), frame)) {
          home = group;
          break;
        }
      }
      if (home == null) {
        home = new ArrayList<>();
        groups.add(home);
      }
      home.add(frame);
    }
    return groups;
  }

  private static boolean sameGeometry(Frame a, Frame b) {
    SlicePlane p = a.plane();
    SlicePlane q = b.plane();
    return p.columns() == q.columns()
        && p.rows() == q.rows()
        && p.columnStep().minus(q.columnStep()).length() < SAME_DIRECTION * p.columnSpacing()
        && p.rowStep().minus(q.rowStep()).length() < SAME_DIRECTION * p.rowSpacing()
        && Objects.equals(
            a.tags().string(Tag.FRAME_OF_REFERENCE_UID),
            b.tags().string(Tag.FRAME_OF_REFERENCE_UID));
  }

  /** Echoes by echo time, and by echo number only where no echo time is given. */
  private static List<List<Frame>> byEcho(List<Frame> frames) {
    TreeSet<Double> times = new TreeSet<>();
    for (Frame frame : frames) {
      echoTime(frame.tags()).ifPresent(times::add);
    }
    if (times.isEmpty()) {
      return partition(frames, t -> t.string(Tag.ECHO_NUMBERS));
    }
    // Echo times that jitter by less than a step are one echo: name each by the first of its run.
    Map<Double, String> echo = new LinkedHashMap<>();
    double previous = Double.NEGATIVE_INFINITY;
    String name = "";
    for (double time : times) {
      if (time - previous > ECHO_STEP) {
        name = Double.toString(time);
      }
      echo.put(time, name);
      previous = time;
    }
    frames.sort(Comparator.comparingDouble(f -> echoTime(f.tags()).orElse(-1)));
    return partition(
        frames,
        t -> {
          OptionalDouble time = echoTime(t);
          return time.isPresent() ? echo.get(time.getAsDouble()) : "";
        });
  }

  static OptionalDouble echoTime(FrameTags tags) {
    return tags.number(Tag.EFFECTIVE_ECHO_TIME, Tag.ECHO_TIME);
  }

  private static List<List<Frame>> byRepetition(List<Frame> frames, int first) {
    int positions = positions(frames);
    for (int n = first; n < REPETITIONS.size() && positions < frames.size(); n++) {
      List<List<Frame>> parts = partition(frames, REPETITIONS.get(n));
      boolean whole = parts.stream().allMatch(part -> positions(part) >= 0.8 * positions);
      if (parts.size() > 1 && whole) {
        List<List<Frame>> stacks = new ArrayList<>();
        for (List<Frame> part : parts) {
          stacks.addAll(byRepetition(part, n + 1));
        }
        return stacks;
      }
    }
    return List.of(frames);
  }

  private static List<List<Frame>> partition(List<Frame> frames, Function<FrameTags, String> key) {
    Map<String, List<Frame>> parts = new LinkedHashMap<>();
    for (Frame frame : frames) {
      parts.computeIfAbsent(key.apply(frame.tags()), k -> new ArrayList<>()).add(frame);
    }
    return new ArrayList<>(parts.values());
  }

  private static int positions(List<Frame> frames) {
    return SliceOrder.of(frames).kept().size();
  }

  private static Series stack(
      List<Frame> frames,
      List<String> common,
      Set<String> ids,
      List<List<Frame>> stacks,
      SliceCache cache) {
    SliceOrder order = SliceOrder.of(frames);
    List<Frame> kept = order.kept();
    List<String> notes = new ArrayList<>(common);
    notes.addAll(order.notes());
    FrameTags tags = kept.get(kept.size() / 2).tags();
    if (tags.string(Tag.PHOTOMETRIC_INTERPRETATION).equals("MONOCHROME1")) {
      notes.add("MONOCHROME1: low values are meant to be bright");
    }
    if (tags.number(Tag.SAMPLES_PER_PIXEL).orElse(1) > 1) {
      notes.add("a colour image, shown in grey");
    }
    // Pages lie behind one another as if they were slices, and in no frame that others share.
    boolean placed = tags.isPlaced();
    if (!placed) {
      notes.add(Series.UNPLACED);
      if (tags.pixelSize().length == 0) {
        notes.add(Series.UNSIZED);
      }
    }
    PhilipsScaling philips = PhilipsScaling.of(tags);
    if (philips != null) {
      notes.add(
          "Philips: values as displayed; times %.6g they are the scanner's floating point values"
              .formatted(philips.floatingPoint(1)));
    }
    String id = tags.string(Tag.SERIES_INSTANCE_UID);
    String description = tags.string(Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME);
    if (stacks.size() > 1) {
      OptionalDouble te = echoTime(tags);
      boolean echoes = stacks.stream().map(s -> echoTime(s.get(0).tags())).distinct().count() > 1;
      String part = echoes && te.isPresent() ? "TE " + number(te.getAsDouble()) + " ms" : "";
      if (part.isEmpty() || ids.contains(id + "#" + part)) {
        part = (part.isEmpty() ? "" : part + ", ") + "part " + (ids.size() + 1);
      }
      id += "#" + part;
      description = description.isEmpty() ? part : description + " (" + part + ")";
    }
    ids.add(id);
    Recognised contrast = ContrastRecogniser.fromTags(tags);
    VoiLut voi = voi(tags);
    return new Series(
        id,
        description,
        contrast.contrast(),
        contrast.reason(),
        placed ? tags.string(Tag.FRAME_OF_REFERENCE_UID) : "",
        new Volume(kept.stream().map(Frame::plane).toList(), slices(kept, cache)),
        voi == null ? null : voi.window(),
        kept.stream().map(Frame::instanceId).toList(),
        notes,
        EncodedMatrices.of(tags),
        voi == null ? null : voi.curve(),
        overlays(kept, cache));
  }

  /** The pixels; nothing else of the frames is kept by them. */
  private static List<Image2> slices(List<Frame> frames, SliceCache cache) {
    boolean loaded = frames.stream().allMatch(frame -> frame.loaded() != null);
    return loaded
        ? frames.stream().map(Frame::loaded).toList()
        : new LazySlices(frames.stream().map(Frame::source).toList(), cache);
  }

  /** The overlays of a stack; null where there are none. */
  private static Volume overlays(List<Frame> frames, SliceCache cache) {
    if (frames.stream().allMatch(f -> f.overlays() == null)) {
      return null;
    }
    List<Supplier<Image2>> masks = new ArrayList<>();
    for (Frame f : frames) {
      SlicePlane p = f.plane();
      Supplier<List<Overlay>> overlays = f.overlays() == null ? List::of : f.overlays();
      masks.add(() -> Overlay.mask(overlays.get(), p.columns(), p.rows()));
    }
    return new Volume(frames.stream().map(Frame::plane).toList(), new LazySlices(masks, cache));
  }

  private static VoiLut voi(FrameTags tags) {
    try {
      return VoiLut.of(tags);
    } catch (DicomException e) {
      return null; // a broken table says nothing of a window
    }
  }

  /** Values of the dimensions (PS3.3 C.7.6.17) but for those that are the place of a slice. */
  private static String dimensions(FrameTags tags) {
    double[] values = tags.numbers(Tag.DIMENSION_INDEX_VALUES);
    List<DicomDataset> dimensions = tags.items(Tag.DIMENSION_INDEX_SEQUENCE);
    StringBuilder key = new StringBuilder();
    for (int n = 0; n < Math.min(values.length, dimensions.size()); n++) {
      int pointer = (int) (long) dimensions.get(n).number(Tag.DIMENSION_INDEX_POINTER).orElse(0);
      if (pointer != Tag.IN_STACK_POSITION && pointer != Tag.IMAGE_POSITION) {
        key.append(values[n]).append('\\');
      }
    }
    return key.toString();
  }

  /** A number as people write it: no ".0", at most two decimals. */
  static String number(double value) {
    double rounded = Math.rint(value * 100) / 100;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
