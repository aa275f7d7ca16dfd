package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/**
 * One slice of a file as its attributes tell it, without its pixels.
 *
 * @param instanceId SOP Instance UID; with "/" and a number where the file holds several slices
 * @param plane where the pixels lie, LPS mm
 * @param frame frame of the file, 0-based
 * @param left first column in the frame; not 0 for the tiles of a mosaic
 * @param top first row in the frame
 */
record FramePlan(
    String instanceId, FrameTags tags, SlicePlane plane, int frame, int left, int top) {

  private static final int MAX_FRAMES = 1 << 17;

  /** Secondary capture, one frame or many: images that need not have a place in the patient. */
  private static final Set<String> SECONDARY_CAPTURE =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.7",
          "1.2.840.10008.5.1.4.1.1.7.1",
          "1.2.840.10008.5.1.4.1.1.7.2",
          "1.2.840.10008.5.1.4.1.1.7.3",
          "1.2.840.10008.5.1.4.1.1.7.4");

  /** Whether a file is a secondary capture. */
  static boolean isCaptured(DicomFile file) {
    return SECONDARY_CAPTURE.contains(FrameReader.sopClass(file));
  }

  /**
   * The slices of a file.
   *
   * @throws DicomException where geometry is missing or makes no sense
   */
  static List<FramePlan> of(DicomFile file) throws DicomException {
    int frames = frames(file);
    List<FramePlan> plans = new ArrayList<>();
    List<FrameTags> tags = FrameTags.all(file.dataset(), frames);
    for (int n = 0; n < frames; n++) {
      plans.add(plan(file, tags.get(n), n, frames));
    }
    return isMosaic(file, frames) ? SiemensMosaic.tiles(file.dataset(), plans.get(0)) : plans;
  }

  /**
   * One slice of a file, without going through the others.
   *
   * @param slice its place in {@link #of(DicomFile)}
   * @throws DicomException where there is no such slice, or its geometry makes no sense
   */
  static FramePlan of(DicomFile file, int slice) throws DicomException {
    int frames = frames(file);
    boolean mosaic = isMosaic(file, frames);
    List<FramePlan> tiles = mosaic ? of(file) : List.of();
    int slices = mosaic ? tiles.size() : frames;
    if (slice >= slices) {
      throw new DicomException("it holds %d slices only".formatted(slices));
    }
    return mosaic
        ? tiles.get(slice)
        : plan(file, FrameTags.of(file.dataset(), slice), slice, frames);
  }

  private static boolean isMosaic(DicomFile file, int frames) {
    return frames == 1 && file.dataset().strings(Tag.IMAGE_TYPE).contains("MOSAIC");
  }

  /** Number of frames, of a file that has what all its slices need. */
  private static int frames(DicomFile file) throws DicomException {
    DicomDataset d = file.dataset();
    int frames = Math.max(1, d.integer(Tag.NUMBER_OF_FRAMES, 1));
    if (frames > MAX_FRAMES) {
      throw new DicomException("%d frames are not supported".formatted(frames));
    }
    int groups = d.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS).size();
    if (frames > 1 && groups == 0 && !isCaptured(file)) {
      throw new DicomException("multi-frame images without functional groups are not supported");
    }
    if (groups > 0 && groups < frames) {
      throw new DicomException("broken: fewer functional groups than frames");
    }
    boolean instance = d.string(Tag.SOP_INSTANCE_UID).isEmpty();
    if (instance || d.string(Tag.SERIES_INSTANCE_UID).isEmpty()) {
      throw new DicomException("it has no " + (instance ? "SOP" : "Series") + " Instance UID");
    }
    for (int tag : new int[] {Tag.COLUMNS, Tag.ROWS}) {
      if (d.integer(tag, 0) < 1) {
        throw new DicomException("it lacks a sound " + Dictionary.describe(tag));
      }
    }
    return frames;
  }

  private static FramePlan plan(DicomFile file, FrameTags tags, int frame, int frames)
      throws DicomException {
    DicomDataset d = file.dataset();
    int columns = d.integer(Tag.COLUMNS, 0);
    int rows = d.integer(Tag.ROWS, 0);
    SlicePlane plane =
        isCaptured(file) && !tags.isPlaced()
            ? unplaced(tags, frame, columns, rows)
            : plane(tags, columns, rows);
    boolean several = frames > 1 || !d.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS).isEmpty();
    String instance = d.string(Tag.SOP_INSTANCE_UID);
    return new FramePlan(
        several ? instance + "/" + (frame + 1) : instance, tags, plane, frame, 0, 0);
  }

  private static SlicePlane plane(FrameTags tags, int columns, int rows) throws DicomException {
    double[] p = numbers(tags, Tag.IMAGE_POSITION, 3);
    double[] o = numbers(tags, Tag.IMAGE_ORIENTATION, 6);
    double[] spacing = numbers(tags, Tag.PIXEL_SPACING, 2);
    Vec3 row = new Vec3(o[0], o[1], o[2]);
    Vec3 column = new Vec3(o[3], o[4], o[5]);
    boolean sound =
        spacing[0] > 0
            && spacing[1] > 0
            && Math.abs(row.length() - 1) < 0.01
            && Math.abs(column.length() - 1) < 0.01
            && Math.abs(row.dot(column)) < 0.01;
    if (!sound) {
      throw new DicomException("its pixel spacing or image orientation makes no sense");
    }
    // Pixel Spacing: between rows first, then between columns (PS3.3 10.7.1.3). The decimal strings
    // of the cosines are rounded: unit length is restored.
    return new SlicePlane(
        new Vec3(p[0], p[1], p[2]),
        row.unit().times(spacing[1]),
        column.unit().times(spacing[0]),
        columns,
        rows);
  }

  /** A page by itself: frames a millimetre apart, pixels as large as is told, or a millimetre. */
  private static SlicePlane unplaced(FrameTags tags, int frame, int columns, int rows) {
    double[] spacing = tags.pixelSize();
    boolean told = spacing.length > 0;
    return new SlicePlane(
        new Vec3(0, 0, frame),
        new Vec3(told ? spacing[1] : 1, 0, 0),
        new Vec3(0, told ? spacing[0] : 1, 0),
        columns,
        rows);
  }

  private static double[] numbers(FrameTags tags, int tag, int count) throws DicomException {
    double[] values = tags.numbers(tag);
    if (values.length != count) {
      throw new DicomException("it lacks " + Dictionary.describe(tag));
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new DicomException("it has no numbers in " + Dictionary.describe(tag));
      }
    }
    return values;
  }
}
