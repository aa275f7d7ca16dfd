package org.loupe.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Image2;

/** Writes an MR series as MR Image Storage objects (PS3.3 A.4), one file for each slice. */
public final class MrSeriesWriter {

  private static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";

  /** Values that reach this far keep enough precision as whole numbers. */
  private static final double FINE_ENOUGH = 1000;

  private MrSeriesWriter() {}

  /**
   * Writes IM0001.dcm, IM0002.dcm, ... into a folder, which is made where it is missing. Pixels
   * become 16-bit whole numbers: the values themselves, rounded, where they lie in 0 to 65535 and
   * reach at least 1000; else scaled, with Rescale Slope and Intercept to undo it.
   *
   * @param syntax {@link TransferSyntax#EXPLICIT_LE} or {@link TransferSyntax#DEFLATED_LE}
   * @return the files by slice
   * @throws IOException where writing failed, or the pixel axes are not perpendicular
   */
  public static List<Path> write(Path folder, MrSeries series, TransferSyntax syntax)
      throws IOException {
    Files.createDirectories(folder);
    double[] scale = scale(series);
    List<Path> files = new ArrayList<>();
    for (int k = 0; k < series.volume().depth(); k++) {
      Path file = folder.resolve("IM%04d.dcm".formatted(k + 1));
      DicomWriter.write(file, dataset(series, k, scale[0], scale[1]), syntax);
      files.add(file);
    }
    return files;
  }

  /** Slope and intercept from stored to real values. */
  private static double[] scale(MrSeries series) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Image2 slice : series.volume().slices()) {
      for (float value : slice.values()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low >= 0 && high <= 65535 && high >= FINE_ENOUGH) {
      return new double[] {1, 0};
    }
    // What is written as a decimal string is what the pixels are scaled by.
    double slope = high > low ? Double.parseDouble(DecimalString.of((high - low) / 65534)) : 1;
    return new double[] {slope, Double.parseDouble(DecimalString.of(low))};
  }

  private static DicomDataset dataset(MrSeries s, int k, double slope, double intercept)
      throws IOException {
    DatasetBuilder b = new DatasetBuilder();
    String sop = s.identity().uid() + "." + (k + 1);
    boolean derived = s.identity().derivation() != null;
    b.text(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
        .text(Tag.IMAGE_TYPE, derived ? "DERIVED" : "ORIGINAL", "PRIMARY", "OTHER")
        .text(Tag.SOP_CLASS_UID, MR_IMAGE_STORAGE)
        .text(Tag.SOP_INSTANCE_UID, sop)
        .text(Tag.STUDY_DATE, s.study().date())
        .text(Tag.SERIES_DATE, s.study().date())
        .text(Tag.CONTENT_DATE, s.study().date())
        .text(Tag.STUDY_TIME, s.study().time())
        .text(Tag.SERIES_TIME, s.study().time())
        .text(Tag.CONTENT_TIME, s.study().time())
        .text(Tag.ACCESSION_NUMBER)
        .text(Tag.MODALITY, "MR")
        .text(Tag.MANUFACTURER, s.identity().manufacturer())
        .text(Tag.REFERRING_PHYSICIAN_NAME)
        .text(Tag.STUDY_DESCRIPTION, s.study().description())
        .text(Tag.SERIES_DESCRIPTION, s.identity().description());
    if (derived) {
      b.text(Tag.DERIVATION_DESCRIPTION, s.identity().derivation());
    }
    b.text(Tag.PATIENT_NAME, s.patient().name())
        .text(Tag.PATIENT_ID, s.patient().id())
        .text(Tag.PATIENT_BIRTH_DATE, s.patient().birthDate())
        .text(Tag.PATIENT_SEX, s.patient().sex());
    b.text(Tag.BODY_PART_EXAMINED, s.identity().bodyPart());
    acquisition(b, s.acquisition());
    b.text(Tag.STUDY_INSTANCE_UID, s.study().uid())
        .text(Tag.SERIES_INSTANCE_UID, s.identity().uid())
        .text(Tag.STUDY_ID, "1")
        .numbers(Tag.SERIES_NUMBER, s.identity().number())
        .numbers(Tag.INSTANCE_NUMBER, k + 1)
        .text(Tag.FRAME_OF_REFERENCE_UID, s.identity().frameOfReferenceUid())
        .text(Tag.POSITION_REFERENCE_INDICATOR);
    ImagePlane.put(b, s.volume().plane(k));
    pixels(b, s.volume().slice(k), slope, intercept);
    if (s.window() != null) {
      b.numbers(Tag.WINDOW_CENTER, s.window().centre())
          .numbers(Tag.WINDOW_WIDTH, s.window().width());
    }
    return b.build();
  }

  private static void acquisition(DatasetBuilder b, MrSeries.Acquisition a) {
    b.text(Tag.SCANNING_SEQUENCE, a.scanningSequence().toArray(String[]::new))
        .text(Tag.SEQUENCE_VARIANT, a.sequenceVariant().toArray(String[]::new))
        .text(Tag.SCAN_OPTIONS)
        .text(Tag.MR_ACQUISITION_TYPE, a.threeD() ? "3D" : "2D")
        .numbers(Tag.SLICE_THICKNESS, a.sliceThickness())
        .numbers(Tag.REPETITION_TIME, a.repetitionTime())
        .numbers(Tag.ECHO_TIME, a.echoTime())
        .numbers(Tag.ECHO_NUMBERS, a.echoNumber())
        .numbers(Tag.ECHO_TRAIN_LENGTH, a.echoTrainLength())
        .text(Tag.PATIENT_POSITION, "HFS");
    if (!Double.isNaN(a.inversionTime())) {
      b.numbers(Tag.INVERSION_TIME, a.inversionTime());
    }
  }

  private static void pixels(DatasetBuilder b, Image2 slice, double slope, double intercept) {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * slice.values().length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : slice.values()) {
      bytes.putShort((short) Math.clamp(Math.round((value - intercept) / slope), 0, 65535));
    }
    b.numbers(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .numbers(Tag.ROWS, slice.height())
        .numbers(Tag.COLUMNS, slice.width())
        .numbers(Tag.BITS_ALLOCATED, 16)
        .numbers(Tag.BITS_STORED, 16)
        .numbers(Tag.HIGH_BIT, 15)
        .numbers(Tag.PIXEL_REPRESENTATION, 0)
        .bytes(Tag.PIXEL_DATA, Vr.OW, bytes.array());
    if (slope != 1 || intercept != 0) {
      b.numbers(Tag.RESCALE_INTERCEPT, intercept)
          .numbers(Tag.RESCALE_SLOPE, slope)
          .text(Tag.RESCALE_TYPE, "US");
    }
  }
}
