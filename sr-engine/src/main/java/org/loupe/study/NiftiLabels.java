package org.loupe.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.SegmentationHeader;
import org.loupe.image.Image2;
import org.loupe.image.Mask;
import org.loupe.image.Region;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiHeader;

/**
 * A label map of NIfTI as a segmentation: every whole number above 0 is a segment. Its masks are
 * made at once, as nothing but the voxels tells which labels there are.
 */
final class NiftiLabels {

  /** What scaling may take a label away from its whole number. */
  private static final double WHOLE = 1e-3;

  private NiftiLabels() {}

  /**
   * Reads a label map.
   *
   * @param header of the file
   * @throws IOException where it cannot be read, nothing tells where it lies, it has several
   *     volumes or values that are no labels, or its masks take more than {@link
   *     SegmentationOverlay#KEPT}: says what
   */
  static SegmentationOverlay read(SourceFile file, NiftiHeader header, MaskCache cache)
      throws IOException {
    if (header.volumes() > 1) {
      throw new IOException("a label map of %d volumes".formatted(header.volumes()));
    }
    Series map = NiftiSeries.read(file);
    if (map.frameOfReference().isEmpty()) {
      throw new IOException("a label map that is not in scanner coordinates");
    }
    Volume volume = map.volume();
    List<Mask> masks = new ArrayList<>();
    List<SegmentationHeader.Place> places = new ArrayList<>();
    Set<Integer> labels = new TreeSet<>();
    long bytes = 0;
    for (int k = 0; k < volume.depth(); k++) {
      for (Map.Entry<Integer, Mask> found : masks(volume.slice(k)).entrySet()) {
        labels.add(found.getKey());
        places.add(new SegmentationHeader.Place(masks.size(), found.getKey(), volume.plane(k)));
        masks.add(found.getValue());
        bytes += found.getValue().values().length;
        if (bytes > SegmentationOverlay.KEPT) {
          throw new IOException("a label map that is too large to be shown");
        }
      }
    }
    if (labels.isEmpty()) {
      throw new IOException("a label map of nothing");
    }
    // A single label is what the file is called after.
    String name = labels.size() == 1 ? map.description() : "";
    List<Segmentation.Segment> segments =
        labels.stream()
            .map(n -> new Segmentation.Segment(n, name, null, null, Segmentation.NO_COLOUR))
            .toList();
    double gap = volume.depth() > 1 ? volume.gaps().get(0) : Double.NaN;
    SegmentationHeader told =
        new SegmentationHeader(
            map.id(),
            map.description(),
            map.frameOfReference(),
            Set.of(),
            true,
            gap,
            Double.NaN,
            segments,
            places);
    return new SegmentationOverlay(file.name(), told, masks::get, cache);
  }

  /** The masks of all labels of a slice, by label. */
  private static Map<Integer, Mask> masks(Image2 slice) throws IOException {
    Map<Integer, int[]> boxes = new HashMap<>();
    for (int n = 0; n < slice.values().length; n++) {
      int label = label(slice.values()[n]);
      if (label > 0) {
        int column = n % slice.width();
        int row = n / slice.width();
        int[] box = boxes.computeIfAbsent(label, v -> new int[] {column, row, column, row});
        box[0] = Math.min(box[0], column);
        box[2] = Math.max(box[2], column);
        box[3] = row;
      }
    }
    Map<Integer, Mask> masks = new TreeMap<>();
    boxes.forEach(
        (label, box) -> {
          Region area = new Region(box[0], box[1], box[2] - box[0] + 1, box[3] - box[1] + 1);
          masks.put(label, mask(slice, label, area));
        });
    return masks;
  }

  private static int label(float value) throws IOException {
    if (!(Math.abs(value - Math.rint(value)) <= WHOLE)) {
      throw new IOException("a label map with values that are not whole numbers");
    }
    return (int) Math.rint(value);
  }

  private static Mask mask(Image2 slice, int label, Region area) {
    byte[] values = new byte[area.columns() * area.rows()];
    for (int n = 0; n < values.length; n++) {
      int column = area.column() + n % area.columns();
      int row = area.row() + n / area.columns();
      values[n] = (byte) (Math.rint(slice.at(column, row)) == label ? Mask.ALL : 0);
    }
    return new Mask(area, values);
  }
}
