package org.loupe.dicom.derived;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.FreeNames;
import org.loupe.dicom.ImagePlane;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Uids;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;

/**
 * A derived MR series of MR Image Storage objects (PS3.3 A.4): study, patient, frame of reference
 * and what was said of the acquisition are those of the images that it was computed from; series
 * and instances are new.
 */
public final class DerivedMr {

  /** Fourth value of Image Type. */
  public static final String SUPER_RESOLUTION = "SUPER_RESOLUTION";

  static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";

  private static final Code SOURCE =
      Code.dcm("121322", "Source image for image processing operation");
  private static final Code GUIDE = Code.dcm("128250", "Structural image for image processing");

  /** Photometric Interpretation of images whose low values are bright. */
  private static final String INVERSE = "MONOCHROME1";

  /** Added to the number of the source's series. */
  private static final int SERIES_OFFSET = 1000;

  /** Acquisition that stays true of what was computed from it (C.8.3.1, C.7.6.4). */
  private static final int[] ACQUISITION = {
    Tag.ACQUISITION_DATE,
    Tag.ACQUISITION_TIME,
    Tag.ACQUISITION_DATE_TIME,
    Tag.ACQUISITION_NUMBER,
    Tag.BODY_PART_EXAMINED,
    Tag.LATERALITY,
    Tag.PROTOCOL_NAME,
    Tag.SEQUENCE_NAME,
    Tag.ANGIO_FLAG,
    Tag.NUMBER_OF_AVERAGES,
    Tag.IMAGING_FREQUENCY,
    Tag.IMAGED_NUCLEUS,
    Tag.ECHO_NUMBERS,
    Tag.MAGNETIC_FIELD_STRENGTH,
    Tag.SPACING_BETWEEN_SLICES,
    Tag.NUMBER_OF_PHASE_ENCODING_STEPS,
    Tag.PERCENT_SAMPLING,
    Tag.PERCENT_PHASE_FIELD_OF_VIEW,
    Tag.PIXEL_BANDWIDTH,
    Tag.INVERSION_TIME,
    Tag.TRIGGER_TIME,
    Tag.NOMINAL_INTERVAL,
    Tag.RECEIVE_COIL_NAME,
    Tag.TRANSMIT_COIL_NAME,
    Tag.FLIP_ANGLE,
    Tag.VARIABLE_FLIP_ANGLE_FLAG,
    Tag.SAR,
    Tag.DB_DT,
    Tag.TEMPORAL_POSITION,
    Tag.NUMBER_OF_TEMPORAL_POSITIONS,
    Tag.SLICE_LOCATION,
    Tag.CONTRAST_BOLUS_AGENT,
    Tag.CONTRAST_BOLUS_ROUTE,
    Tag.CONTRAST_BOLUS_VOLUME,
    Tag.CONTRAST_BOLUS_INGREDIENT
  };

  static final int[] WINDOW = {
    Tag.WINDOW_CENTER, Tag.WINDOW_WIDTH, Tag.WINDOW_CENTER_WIDTH_EXPLANATION, Tag.VOI_LUT_FUNCTION
  };

  /**
   * One computed slice.
   *
   * @param plane where its pixels lie
   * @param target the image that it is a finer picture of
   * @param neighbours images beside the target that were used
   * @param guides images of another series that guided it
   */
  public record Slice(
      Image2 pixels,
      SlicePlane plane,
      SourceImage target,
      List<SourceImage> neighbours,
      List<SourceImage> guides) {

    public Slice {
      neighbours = List.copyOf(neighbours);
      guides = List.copyOf(guides);
    }

    List<SourceImage> sources() {
      List<SourceImage> all = new ArrayList<>(List.of(target));
      all.addAll(neighbours);
      all.addAll(guides);
      return SourceImage.distinct(all);
    }
  }

  /**
   * What is said of the computation.
   *
   * @param seriesDescription Series Description
   * @param description Derivation Description
   * @param codes Derivation Code Sequence
   */
  public record Derivation(
      String seriesDescription, String description, List<Code> codes, Processing processing) {

    public Derivation {
      codes = List.copyOf(codes);
    }
  }

  private DerivedMr() {}

  /**
   * Makes sure that a series can be written, before it is computed.
   *
   * @throws DicomException where the format cannot hold images such as the target
   */
  public static void requireHolds(DerivedFormat format, SourceImage target) throws DicomException {
    if (format.enhanced() && isInverse(target)) {
      throw new DicomException(
          "low values of the series are bright (MONOCHROME1), which Enhanced MR Images cannot say:"
              + " write it as single images");
    }
  }

  private static boolean isInverse(SourceImage image) {
    return image.tags().string(Tag.PHOTOMETRIC_INTERPRETATION).equals(INVERSE);
  }

  /**
   * The data sets of a series, by slice.
   *
   * @throws IOException where pixel axes are not perpendicular
   */
  public static List<DicomDataset> datasets(List<Slice> slices, Derivation derivation)
      throws IOException {
    return datasets(slices, derivation, StoredPixels.of(images(slices)));
  }

  /**
   * The data sets of a series: one for each slice, or one for all of them where they are to be
   * frames of an enhanced object.
   *
   * @throws IOException where pixel axes are not perpendicular, an encoder fails, or the format
   *     cannot hold them
   */
  public static List<DicomDataset> datasets(
      List<Slice> slices, Derivation derivation, DerivedFormat format) throws IOException {
    for (Slice slice : slices) {
      requireHolds(format, slice.target());
    }
    boolean signs = format.compression() == PixelCompression.NONE && !format.enhanced();
    StoredPixels stored = StoredPixels.of(images(slices), signs);
    List<DicomDataset> plain =
        format.enhanced()
            ? List.of(EnhancedMr.dataset(slices, derivation, stored))
            : datasets(slices, derivation, stored);
    List<DicomDataset> datasets = new ArrayList<>();
    for (DicomDataset dataset : plain) {
      datasets.add(format.compression().apply(dataset));
    }
    return datasets;
  }

  private static List<Image2> images(List<Slice> slices) {
    return slices.stream().map(Slice::pixels).toList();
  }

  /** The series that is written, after the source's in number. */
  static Modules.Series series(SourceImage source, Derivation derivation) {
    int number = SERIES_OFFSET + (int) source.tags().number(Tag.SERIES_NUMBER).orElse(0);
    return Modules.Series.of(number, derivation.seriesDescription());
  }

  /** Frame of reference of a source; a new one where it has none. */
  static void frameOfReference(DatasetBuilder b, SourceImage source, String otherwise) {
    String frame = source.tags().string(Tag.FRAME_OF_REFERENCE_UID);
    b.text(Tag.FRAME_OF_REFERENCE_UID, frame.isEmpty() ? otherwise : frame)
        .empty(Tag.POSITION_REFERENCE_INDICATOR);
    source.tags().copyTo(b, Tag.POSITION_REFERENCE_INDICATOR);
  }

  private static List<DicomDataset> datasets(
      List<Slice> slices, Derivation derivation, StoredPixels stored) throws IOException {
    Modules.Series series = series(slices.get(0).target(), derivation);
    String frameOfReference = Uids.random();
    List<DicomDataset> datasets = new ArrayList<>();
    for (int k = 0; k < slices.size(); k++) {
      DatasetBuilder b = new DatasetBuilder();
      Slice slice = slices.get(k);
      Modules.patientAndStudy(b, slice.target().tags());
      Modules.series(b, "MR", series, k + 1, derivation.processing().when());
      Modules.content(b, derivation.processing().when());
      Modules.equipment(b);
      Modules.sop(b, MR_IMAGE_STORAGE, Uids.random());
      frameOfReference(b, slices.get(0).target(), frameOfReference);
      acquisition(b, slice.target().tags(), slice.plane());
      ImagePlane.put(b, slice.plane());
      derivation(b, slice, derivation);
      stored.put(b, slice.pixels());
      if (isInverse(slice.target())) {
        b.text(Tag.PHOTOMETRIC_INTERPRETATION, INVERSE);
      }
      slice.target().tags().copyTo(b, WINDOW);
      datasets.add(b.build());
    }
    return datasets;
  }

  /** The same, uncompressed. */
  public static List<Path> write(Path folder, List<DicomDataset> datasets) throws IOException {
    return write(folder, datasets, PixelCompression.NONE);
  }

  /**
   * Writes IM0001.dcm, IM0002.dcm, ... into a folder, which is made where it is missing; names that
   * are taken there are passed over.
   *
   * @param compression how the pixels of the data sets are encoded
   */
  public static List<Path> write(
      Path folder, List<DicomDataset> datasets, PixelCompression compression) throws IOException {
    Files.createDirectories(folder);
    FreeNames names = new FreeNames(folder);
    List<Path> files = new ArrayList<>();
    for (DicomDataset dataset : datasets) {
      Path file = names.next("IM");
      DicomWriter.write(file, dataset, compression.syntax());
      files.add(file);
    }
    return files;
  }

  private static void acquisition(DatasetBuilder b, FrameTags tags, SlicePlane plane) {
    for (int tag :
        new int[] {
          Tag.SCAN_OPTIONS,
          Tag.MR_ACQUISITION_TYPE,
          Tag.REPETITION_TIME,
          Tag.ECHO_TIME,
          Tag.ECHO_TRAIN_LENGTH,
          Tag.PATIENT_POSITION,
          Tag.SLICE_THICKNESS
        }) {
      b.empty(tag);
      tags.copyTo(b, tag);
    }
    tags.copyTo(b, ACQUISITION);
    if (isAsAcquired(tags, plane)) {
      tags.copyTo(b, Tag.ACQUISITION_MATRIX, Tag.IN_PLANE_PHASE_ENCODING_DIRECTION);
    }
    // What enhanced images say in other attributes.
    tags.number(Tag.ECHO_TIME, Tag.EFFECTIVE_ECHO_TIME)
        .ifPresent(te -> b.numbers(Tag.ECHO_TIME, te));
    b.text(Tag.SCANNING_SEQUENCE, scanningSequence(tags));
    List<String> variant = tags.strings(Tag.SEQUENCE_VARIANT);
    b.text(
        Tag.SEQUENCE_VARIANT,
        variant.isEmpty() ? new String[] {"NONE"} : variant.toArray(String[]::new));
  }

  private static String[] scanningSequence(FrameTags tags) {
    List<String> told = tags.strings(Tag.SCANNING_SEQUENCE);
    if (!told.isEmpty()) {
      return told.toArray(String[]::new);
    }
    return switch (tags.string(Tag.ECHO_PULSE_SEQUENCE)) {
      case "SPIN" -> new String[] {"SE"};
      case "GRADIENT" -> new String[] {"GR"};
      case "BOTH" -> new String[] {"SE", "GR"};
      default -> new String[] {"RM"};
    };
  }

  /** Whether rows are still rows: an array that was turned for the screen has lost its matrix. */
  private static boolean isAsAcquired(FrameTags tags, SlicePlane plane) {
    double[] o = tags.numbers(Tag.IMAGE_ORIENTATION);
    if (o.length != 6) {
      return false;
    }
    var row = plane.columnStep().unit();
    return Math.abs(row.x() * o[0] + row.y() * o[1] + row.z() * o[2]) > 0.99;
  }

  private static void derivation(DatasetBuilder b, Slice slice, Derivation derivation) {
    FrameTags tags = slice.target().tags();
    List<String> type = tags.strings(Tag.IMAGE_TYPE);
    b.text(
        Tag.IMAGE_TYPE,
        "DERIVED",
        "SECONDARY",
        type.size() > 2 && !type.get(2).isBlank() ? type.get(2) : "OTHER",
        SUPER_RESOLUTION);
    described(b, slice, derivation);
    b.text(Tag.CONTENT_QUALIFICATION, "RESEARCH");
    equipment(b, tags, derivation);
    Modules.commonInstanceReference(b, slice.target().studyUid(), slice.sources());
    marks(b, slice.sources());
  }

  /** How a slice was derived, and from what (C.7.6.1.1.4, C.7.6.16.2.6). */
  static void described(DatasetBuilder b, Slice slice, Derivation derivation) {
    b.text(Tag.DERIVATION_DESCRIPTION, Modules.shortened(derivation.description(), 1024))
        .codes(Tag.DERIVATION_CODE_SEQUENCE, derivation.codes().toArray(Code[]::new));
    List<DicomDataset> sources = new ArrayList<>();
    for (SourceImage image : slice.sources()) {
      boolean guides = slice.guides().contains(image);
      sources.add(image.source(guides ? GUIDE : SOURCE));
    }
    b.items(Tag.SOURCE_IMAGE_SEQUENCE, sources);
  }

  /** The scanner and the model. */
  static void equipment(DatasetBuilder b, FrameTags tags, Derivation derivation) {
    b.items(
        Tag.CONTRIBUTING_EQUIPMENT_SEQUENCE,
        Modules.acquisitionEquipment(tags),
        derivation.processing().item("Super-resolution"));
  }

  /** Burnt-in text and loss, as the sources have them. */
  static void marks(DatasetBuilder b, List<SourceImage> sources) {
    boolean burned = sources.stream().anyMatch(i -> yes(i.tags().string(Tag.BURNED_IN_ANNOTATION)));
    b.text(Tag.BURNED_IN_ANNOTATION, burned ? "YES" : "NO");
    SourceImage lossy = sources.stream().filter(DerivedMr::isLossy).findFirst().orElse(null);
    b.text(Tag.LOSSY_IMAGE_COMPRESSION, lossy == null ? "00" : "01");
    if (lossy != null) {
      lossy.tags().copyTo(b, Tag.LOSSY_IMAGE_COMPRESSION_RATIO, Tag.LOSSY_IMAGE_COMPRESSION_METHOD);
    }
  }

  private static boolean yes(String value) {
    return value.toUpperCase(Locale.ROOT).equals("YES");
  }

  private static boolean isLossy(SourceImage image) {
    return image.lossy() || image.tags().string(Tag.LOSSY_IMAGE_COMPRESSION).equals("01");
  }
}
