package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/** The frames of a DICOM file: one, or as many as an enhanced multi-frame object holds. */
public final class FrameReader {

  /** Storage classes of images as they come from scanners (PS3.4 annex B.5). */
  private static final Set<String> IMAGE_CLASSES =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.2",
          "1.2.840.10008.5.1.4.1.1.2.1",
          "1.2.840.10008.5.1.4.1.1.4",
          "1.2.840.10008.5.1.4.1.1.4.1",
          "1.2.840.10008.5.1.4.1.1.7",
          "1.2.840.10008.5.1.4.1.1.128");

  private FrameReader() {}

  /** Whether a file is an image, unlike reports, presentation states and DICOMDIR. */
  public static boolean isImage(DicomFile file) {
    DicomDataset d = file.dataset();
    String sopClass = d.string(Tag.SOP_CLASS_UID);
    if (sopClass.isEmpty()) {
      sopClass = file.meta().string(Tag.MEDIA_STORAGE_SOP_CLASS_UID);
    }
    // A file that breaks off before its pixels is a broken image, not a report.
    return d.get(Tag.PIXEL_DATA) != null || d.has(Tag.ROWS) || IMAGE_CLASSES.contains(sopClass);
  }

  /**
   * Reads all frames.
   *
   * @throws DicomException where pixels or geometry are missing or of a kind that is not supported
   */
  public static List<Frame> read(DicomFile file) throws DicomException {
    DicomDataset d = file.dataset();
    if (!file.damage().isEmpty() && d.get(Tag.PIXEL_DATA) == null) {
      throw new DicomException(file.damage());
    }
    PixelData pixels = new PixelData(file);
    if (pixels.samples() != 1) {
      throw new DicomException("colour images are not supported");
    }
    if (!pixels.photometric().isEmpty() && !pixels.photometric().startsWith("MONOCHROME")) {
      throw new DicomException(pixels.photometric() + " images are not supported");
    }
    boolean grouped = !d.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS).isEmpty();
    if (pixels.frames() > 1 && !grouped) {
      throw new DicomException("multi-frame images without functional groups are not supported");
    }
    if (grouped && d.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS).size() < pixels.frames()) {
      throw new DicomException("broken: fewer functional groups than frames");
    }
    if (d.strings(Tag.IMAGE_TYPE).contains("MOSAIC")) {
      throw new DicomException("mosaic images are not supported");
    }
    String instance = d.string(Tag.SOP_INSTANCE_UID);
    if (instance.isEmpty() || d.string(Tag.SERIES_INSTANCE_UID).isEmpty()) {
      throw new DicomException(
          "it has no " + (instance.isEmpty() ? "SOP" : "Series") + " Instance UID");
    }
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < pixels.frames(); n++) {
      FrameTags tags = FrameTags.of(d, n);
      SlicePlane plane = plane(tags, pixels.columns(), pixels.rows());
      double slope = tags.number(Tag.RESCALE_SLOPE).orElse(1);
      double intercept = tags.number(Tag.RESCALE_INTERCEPT).orElse(0);
      float[] values = pixels.frame(n, slope == 0 ? 1 : slope, intercept);
      String id = grouped ? instance + "/" + (n + 1) : instance;
      frames.add(new Frame(id, tags, plane, new Image2(values, pixels.columns(), pixels.rows())));
    }
    return frames;
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
