package org.loupe.dicom.derived;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/** A study of a T2 and a PD series of three slices, as headers, and results computed from it. */
final class Samples {

  static final String STUDY = "2.25.1000";
  static final String FRAME = "2.25.1001";
  static final int COLUMNS = 6;
  static final int ROWS = 8;

  static final Processing PROCESSING =
      new Processing(
          "loupe",
          "2",
          Map.of("sr.params", "ab".repeat(32), "prior.params", "cd".repeat(32)),
          "CPU",
          LocalDateTime.of(2026, 1, 2, 3, 4, 5));

  private Samples() {}

  /** An oblique plane. */
  static SlicePlane plane(int k) {
    Vec3 across = new Vec3(0.8, 0.36, 0.48);
    Vec3 down = new Vec3(0, 0.8, -0.6);
    Vec3 origin = new Vec3(-20, 10, 5).plus(across.cross(down).times(4.0 * k));
    return new SlicePlane(origin, across.times(0.9), down.times(0.9), COLUMNS, ROWS);
  }

  /** An image of series 1 (T2) or 2 (PD). */
  static SourceImage source(int series, int k) {
    return source(header(series, k).build(), false);
  }

  static SourceImage source(DicomDataset header, boolean lossy) {
    return new SourceImage(
        FrameTags.of(header, 0),
        DerivedMr.MR_IMAGE_STORAGE,
        header.string(Tag.SOP_INSTANCE_UID),
        0,
        lossy);
  }

  static DatasetBuilder header(int series, int k) {
    return new DatasetBuilder()
        .text(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
        .text(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "M", "SE")
        .text(Tag.SOP_CLASS_UID, DerivedMr.MR_IMAGE_STORAGE)
        .text(Tag.SOP_INSTANCE_UID, "2.25.%d%d".formatted(2000 + series, k))
        .text(Tag.STUDY_DATE, "20250304")
        .text(Tag.STUDY_TIME, "101112")
        .text(Tag.ACCESSION_NUMBER, "A77")
        .text(Tag.MODALITY, "MR")
        .text(Tag.MANUFACTURER, "ACME")
        .text(Tag.MANUFACTURER_MODEL_NAME, "Magneto 3")
        .text(Tag.DEVICE_SERIAL_NUMBER, "4711")
        .text(Tag.REFERRING_PHYSICIAN_NAME, "Doktor^Ö")
        .text(Tag.SERIES_DESCRIPTION, series == 1 ? "t2_tse" : "pd_tse")
        .text(Tag.PATIENT_NAME, "Wörner^Ada")
        .text(Tag.PATIENT_ID, "P-1")
        .text(Tag.PATIENT_BIRTH_DATE, "19700101")
        .text(Tag.PATIENT_SEX, "F")
        .text(Tag.PATIENT_AGE, "055Y")
        .text(Tag.BODY_PART_EXAMINED, "BRAIN")
        .text(Tag.SCANNING_SEQUENCE, "SE")
        .text(Tag.SEQUENCE_VARIANT, "SK")
        .text(Tag.SCAN_OPTIONS)
        .text(Tag.MR_ACQUISITION_TYPE, "2D")
        .numbers(Tag.SLICE_THICKNESS, 4)
        .numbers(Tag.REPETITION_TIME, 4000)
        .numbers(Tag.ECHO_TIME, series == 1 ? 90 : 20)
        .numbers(Tag.ECHO_TRAIN_LENGTH, 8)
        .numbers(Tag.MAGNETIC_FIELD_STRENGTH, 3)
        .numbers(Tag.ACQUISITION_MATRIX, 0, 6, 8, 0)
        .text(Tag.IN_PLANE_PHASE_ENCODING_DIRECTION, "ROW")
        .text(Tag.PATIENT_POSITION, "HFS")
        .text(Tag.STUDY_INSTANCE_UID, STUDY)
        .text(Tag.SERIES_INSTANCE_UID, "2.25.300" + series)
        .text(Tag.STUDY_ID, "9")
        .numbers(Tag.SERIES_NUMBER, series)
        .numbers(Tag.INSTANCE_NUMBER, k + 1)
        .numbers(
            Tag.IMAGE_POSITION, plane(k).origin().x(), plane(k).origin().y(), plane(k).origin().z())
        .numbers(Tag.PIXEL_SPACING, 0.9, 0.9)
        .numbers(Tag.IMAGE_ORIENTATION, 0.8, 0.36, 0.48, 0, 0.8, -0.6)
        .text(Tag.FRAME_OF_REFERENCE_UID, FRAME)
        .numbers(Tag.ROWS, ROWS)
        .numbers(Tag.COLUMNS, COLUMNS)
        .numbers(Tag.WINDOW_CENTER, 600)
        .numbers(Tag.WINDOW_WIDTH, 1200);
  }

  /** One finding of each shape, on the middle slice of the T2. */
  static List<Finding> findings() {
    SourceImage image = source(1, 1);
    SlicePlane p = plane(1);
    List<Vec3> corners =
        List.of(p.toPatient(1, 1), p.toPatient(4, 1), p.toPatient(4, 3), p.toPatient(1, 3));
    return List.of(
        new Finding(
            "2.25.91",
            "Length",
            Finding.Shape.LINE,
            List.of(p.toPatient(0, 0), p.toPatient(3, 4)),
            image,
            List.of(Finding.Value.length(4.5))),
        new Finding(
            "2.25.92",
            "Cobb angle",
            Finding.Shape.TWO_LINES,
            List.of(p.toPatient(0, 0), p.toPatient(3, 0), p.toPatient(0, 2), p.toPatient(3, 4)),
            image,
            List.of(Finding.Value.angle(33.69))),
        new Finding(
            "2.25.93",
            "Ellipse",
            Finding.Shape.ELLIPSE,
            corners,
            image,
            List.of(
                Finding.Value.area(3.82),
                Finding.Value.mean(512.5),
                Finding.Value.standardDeviation(3.25),
                Finding.Value.minimum(500),
                Finding.Value.maximum(520))),
        new Finding(
            "2.25.94",
            "Rectangle",
            Finding.Shape.POLYGON,
            corners,
            image,
            List.of(Finding.Value.area(4.86))),
        new Finding(
            "2.25.95",
            "Probe",
            Finding.Shape.POINT,
            List.of(p.toPatient(2, 5)),
            image,
            List.of(Finding.Value.signal(777))));
  }

  /** Slices of twice the pixels along each axis. */
  static List<DerivedMr.Slice> slices() {
    List<DerivedMr.Slice> slices = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      Image2 pixels = new Image2(2 * COLUMNS, 2 * ROWS);
      for (int n = 0; n < pixels.values().length; n++) {
        pixels.values()[n] = 10 * n - 20 + k;
      }
      slices.add(
          new DerivedMr.Slice(
              pixels,
              plane(k).resampled(0.5, 0.5, 2 * COLUMNS, 2 * ROWS),
              source(1, k),
              k > 0 ? List.of(source(1, k - 1)) : List.of(),
              List.of(source(2, k))));
    }
    return slices;
  }

  static DerivedMr.Derivation derivation() {
    return new DerivedMr.Derivation(
        "t2_tse AI super-resolved",
        "Super-resolved",
        List.of(org.loupe.dicom.Code.dcm("113085", "Spatial resampling")),
        PROCESSING);
  }

  /** Three tissues of which each pixel has mostly one, and a background. */
  static List<DerivedSegmentation.Plane> tissues() {
    List<DerivedSegmentation.Plane> planes = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      List<Image2> maps = List.of(new Image2(5, 7), new Image2(5, 7), new Image2(5, 7));
      for (int n = 0; n < 35; n++) {
        int tissue = (n + k) % 4;
        for (int s = 0; s < 3; s++) {
          maps.get(s).values()[n] = s == tissue ? 0.8f : 0.05f;
        }
      }
      SlicePlane plane = plane(k).resampled(1.2, 1.15, 5, 7);
      planes.add(new DerivedSegmentation.Plane(plane, maps, List.of(source(1, k), source(2, k))));
    }
    return planes;
  }
}
