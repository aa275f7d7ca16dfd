package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;

/**
 * The slices of a DICOM file: one, as many as an enhanced multi-frame object has frames, or the
 * tiles of a mosaic.
 */
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

  /** Parametric Map Storage: a quantity, such as a diffusion coefficient, at every pixel. */
  public static final String PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30";

  /** Classes with pixels that are no image series: segmentations and doses. */
  private static final Set<String> DERIVED_CLASSES =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.66.4",
          "1.2.840.10008.5.1.4.1.1.66.7",
          "1.2.840.10008.5.1.4.1.1.481.2");

  private FrameReader() {}

  /** Whether a file is an image, unlike reports, presentation states and DICOMDIR. */
  public static boolean isImage(DicomFile file) {
    DicomDataset d = file.dataset();
    String sopClass = sopClass(file);
    if (DERIVED_CLASSES.contains(sopClass)) {
      return false;
    }
    // A file that breaks off before its pixels is a broken image, not a report.
    return hasPixels(d) || d.has(Tag.ROWS) || IMAGE_CLASSES.contains(sopClass);
  }

  /** Whether a data set has pixels, whole or cut short. */
  static boolean hasPixels(DicomDataset d) {
    return d.get(Tag.PIXEL_DATA) != null || FloatPixelData.in(d);
  }

  /** SOP Class UID of the data set, or of the file meta information. */
  public static String sopClass(DicomFile file) {
    String sopClass = file.dataset().string(Tag.SOP_CLASS_UID);
    return sopClass.isEmpty() ? file.meta().string(Tag.MEDIA_STORAGE_SOP_CLASS_UID) : sopClass;
  }

  /**
   * Reads all slices.
   *
   * @throws DicomException where pixels or geometry are missing or of a kind that is not supported
   */
  public static List<Frame> read(DicomFile file) throws DicomException {
    if (!file.damage().isEmpty() && !hasPixels(file.dataset())) {
      throw new DicomException(file.damage());
    }
    requireShowable(file);
    Values pixels = values(file);
    List<Frame> frames = new ArrayList<>();
    int decoded = -1;
    float[] values = {};
    for (FramePlan plan : FramePlan.of(file)) {
      if (plan.frame() != decoded) {
        decoded = plan.frame();
        values = pixels.of(plan);
      }
      frames.add(
          new Frame(
              plan.instanceId(),
              plan.tags(),
              plan.plane(),
              cut(values, file, plan),
              overlays(file, plan)));
    }
    return frames;
  }

  /**
   * The slices of a file by its header alone.
   *
   * @param file as read up to its pixels or whole
   * @param later reads their pixels
   * @throws DicomException where geometry is missing or of a kind that is not supported
   */
  public static List<Frame> index(DicomFile file, Frame.Source later) throws DicomException {
    requireShowable(file);
    boolean overlaid = Overlay.announced(file);
    List<Frame> frames = new ArrayList<>();
    for (FramePlan plan : FramePlan.of(file)) {
      int n = frames.size();
      frames.add(
          new Frame(
              plan.instanceId(),
              plan.tags(),
              plan.plane(),
              null,
              () -> later.image(n),
              overlaid && isWhole(file, plan) ? () -> later.overlays(n) : null));
    }
    return frames;
  }

  /**
   * The pixels of one slice.
   *
   * @param slice its place in {@link #index}
   * @throws DicomException where there is no such slice or it cannot be decoded
   */
  public static Image2 image(DicomFile file, int slice) throws DicomException {
    requireShowable(file);
    FramePlan plan = FramePlan.of(file, slice);
    return cut(values(file).of(plan), file, plan);
  }

  /** The overlays of one slice, see {@link #image}. */
  public static List<Overlay> overlays(DicomFile file, int slice) throws DicomException {
    return overlays(file, FramePlan.of(file, slice));
  }

  private static List<Overlay> overlays(DicomFile file, FramePlan plan) {
    return isWhole(file, plan) ? Overlay.read(file) : List.of();
  }

  /** Overlays belong to the first frame; the tiles of a mosaic have none. */
  private static boolean isWhole(DicomFile file, FramePlan plan) {
    return plan.frame() == 0 && plan.plane().columns() == file.dataset().integer(Tag.COLUMNS, 0);
  }

  /** Monochrome images, and the colour of captured screens and pages, which becomes grey. */
  private static void requireShowable(DicomFile file) throws DicomException {
    int samples = file.dataset().integer(Tag.SAMPLES_PER_PIXEL, 1);
    String photometric = file.dataset().string(Tag.PHOTOMETRIC_INTERPRETATION);
    boolean colour = photometric.equals("RGB") || photometric.startsWith("YBR");
    if (samples == 3 && colour && FramePlan.isCaptured(file)) {
      return;
    }
    if (samples != 1) {
      throw new DicomException("colour images are not supported");
    }
    if (!photometric.isEmpty() && !photometric.startsWith("MONOCHROME")) {
      throw new DicomException(photometric + " images are not supported");
    }
  }

  /** Gives the values of a whole frame in the units of the modality. */
  private interface Values {
    float[] of(FramePlan plan) throws DicomException;
  }

  private static Values values(DicomFile file) throws DicomException {
    if (FloatPixelData.in(file.dataset())) {
      FloatPixelData pixels = new FloatPixelData(file);
      return plan -> RealWorldValues.of(plan.tags()).apply(pixels.stored(plan.frame()));
    }
    PixelData pixels = new PixelData(file);
    if (sopClass(file).equals(PARAMETRIC_MAP)) {
      return plan -> {
        ModalityTransform padding = ModalityTransform.of(plan.tags(), pixels.signed());
        return RealWorldValues.of(plan.tags()).apply(padding.unpadded(pixels.stored(plan.frame())));
      };
    }
    return plan -> values(pixels, plan);
  }

  private static float[] values(PixelData pixels, FramePlan plan) throws DicomException {
    if (pixels.samples() == 3) {
      return luminance(pixels.stored(plan.frame()), pixels.photometric().equals("RGB"));
    }
    ModalityTransform transform = ModalityTransform.of(plan.tags(), pixels.signed());
    boolean unsigned32 = pixels.bitsAllocated() == 32 && !pixels.signed();
    return transform.apply(pixels.stored(plan.frame()), unsigned32);
  }

  /** Luminance by ITU-R BT.601, as PS3.3 C.7.6.3.1.2 defines it: coded, or of the colours. */
  private static float[] luminance(int[] stored, boolean rgb) {
    float[] values = new float[stored.length / 3];
    for (int n = 0; n < values.length; n++) {
      values[n] =
          rgb
              ? (float)
                  (0.299 * stored[3 * n] + 0.587 * stored[3 * n + 1] + 0.114 * stored[3 * n + 2])
              : stored[3 * n];
    }
    return values;
  }

  /** The slice's part of a frame. */
  private static Image2 cut(float[] values, DicomFile file, FramePlan plan) {
    SlicePlane plane = plan.plane();
    int columns = file.dataset().integer(Tag.COLUMNS, 0);
    if (plane.columns() * plane.rows() == values.length) {
      return new Image2(values, plane.columns(), plane.rows());
    }
    float[] part = new float[plane.columns() * plane.rows()];
    for (int row = 0; row < plane.rows(); row++) {
      int from = (plan.top() + row) * columns + plan.left();
      System.arraycopy(values, from, part, row * plane.columns(), plane.columns());
    }
    return new Image2(part, plane.columns(), plane.rows());
  }
}
