package org.loupe.dicom.derived;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.ImagePlane;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Uids;
import org.loupe.dicom.Vr;
import org.loupe.image.Image2;
import org.loupe.image.Labels;
import org.loupe.image.SlicePlane;

/**
 * A segmentation object (PS3.3 A.51) of tissue probabilities: as they are (FRACTIONAL,
 * PROBABILITY), or as the most probable tissue of each pixel (BINARY).
 */
public final class DerivedSegmentation {

  private static final int MOST = 255;

  private static final Code SEGMENTATION = Code.dcm("113076", "Segmentation");
  private static final Code SOURCE =
      Code.dcm("121322", "Source image for image processing operation");

  /**
   * A segment to write.
   *
   * @param lab colour to show it in: CIELab, L 0 to 100, a and b -128 to 127
   */
  public record Segment(String label, Code category, Code type, double[] lab) {}

  /**
   * The segments in one plane.
   *
   * @param probabilities 0 to 1 by segment, all of the plane's size
   * @param sources the images that it was computed from
   */
  public record Plane(SlicePlane plane, List<Image2> probabilities, List<SourceImage> sources) {
    public Plane {
      probabilities = List.copyOf(probabilities);
      sources = List.copyOf(sources);
    }
  }

  private DerivedSegmentation() {}

  /**
   * The object.
   *
   * @param planes parallel planes of one size
   * @param binary whether each pixel gets the most probable segment alone
   * @throws IOException where pixel axes are not perpendicular
   */
  public static DicomDataset dataset(
      List<Segment> segments, List<Plane> planes, boolean binary, Processing processing)
      throws IOException {
    SourceImage first = planes.get(0).sources().get(0);
    DatasetBuilder b = new DatasetBuilder();
    Modules.patientAndStudy(b, first.tags());
    int number = 2000 + (int) first.tags().number(Tag.SERIES_NUMBER).orElse(0);
    String description = binary ? "AI tissue segmentation" : "AI tissue probabilities";
    Modules.series(b, "SEG", Modules.Series.of(number, description), 1, processing.when());
    Modules.content(b, processing.when());
    Modules.equipment(b);
    Modules.sop(b, Segmentation.STORAGE, Uids.random());
    b.text(Tag.FRAME_OF_REFERENCE_UID, first.tags().string(Tag.FRAME_OF_REFERENCE_UID))
        .empty(Tag.POSITION_REFERENCE_INDICATOR);
    first.tags().copyTo(b, Tag.POSITION_REFERENCE_INDICATOR);
    image(b, segments, binary, processing);
    Modules.dimensions(
        b,
        new Modules.Dimension(
            Tag.REFERENCED_SEGMENT_NUMBER, Tag.SEGMENT_IDENTIFICATION_SEQUENCE, "Segment"),
        new Modules.Dimension(Tag.IMAGE_POSITION, Tag.PLANE_POSITION_SEQUENCE, "Position"));
    List<SourceImage> sources = new ArrayList<>();
    planes.forEach(p -> sources.addAll(p.sources()));
    Modules.commonInstanceReference(b, first.studyUid(), SourceImage.distinct(sources));
    b.items(Tag.SHARED_FUNCTIONAL_GROUPS, shared(first, planes.get(0).plane()));
    b.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS, perFrame(segments.size(), planes));
    pixels(b, segments.size(), planes, binary);
    return b.build();
  }

  private static void image(
      DatasetBuilder b, List<Segment> segments, boolean binary, Processing processing) {
    b.text(Tag.IMAGE_TYPE, "DERIVED", "PRIMARY")
        .text(Tag.CONTENT_LABEL, binary ? "TISSUES" : "TISSUE_PROB")
        .text(
            Tag.CONTENT_DESCRIPTION,
            Modules.shortened("Computed by model " + processing.label() + "; research", 64))
        .empty(Tag.CONTENT_CREATOR_NAME)
        .text(Tag.CONTENT_QUALIFICATION, "RESEARCH")
        .text(Tag.BURNED_IN_ANNOTATION, "NO")
        .text(Tag.LOSSY_IMAGE_COMPRESSION, "00")
        .text(Tag.SEGMENTATION_TYPE, binary ? "BINARY" : "FRACTIONAL")
        .text(Tag.SEGMENTS_OVERLAP, binary ? "NO" : "YES")
        .items(Tag.CONTRIBUTING_EQUIPMENT_SEQUENCE, processing.item("Tissue segmentation"));
    if (!binary) {
      b.text(Tag.SEGMENTATION_FRACTIONAL_TYPE, "PROBABILITY")
          .numbers(Tag.MAXIMUM_FRACTIONAL_VALUE, MOST);
    }
    List<DicomDataset> items = new ArrayList<>();
    for (int n = 0; n < segments.size(); n++) {
      Segment s = segments.get(n);
      DicomDataset algorithm =
          new DatasetBuilder()
              .codes(
                  Tag.ALGORITHM_FAMILY_CODE_SEQUENCE, Code.dcm("123110", "Artificial Intelligence"))
              .text(Tag.ALGORITHM_NAME, Modules.shortened("Loupe model " + processing.model(), 64))
              .text(Tag.ALGORITHM_VERSION, Modules.shortened(processing.version(), 64))
              .build();
      items.add(
          new DatasetBuilder()
              .numbers(Tag.SEGMENT_NUMBER, n + 1)
              .text(Tag.SEGMENT_LABEL, s.label())
              .text(Tag.SEGMENT_ALGORITHM_TYPE, "AUTOMATIC")
              .text(
                  Tag.SEGMENT_ALGORITHM_NAME,
                  Modules.shortened("Loupe model " + processing.label(), 64))
              .items(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, algorithm)
              .codes(Tag.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE, s.category())
              .codes(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, s.type())
              .numbers(Tag.RECOMMENDED_DISPLAY_CIE_LAB_VALUE, encoded(s.lab()))
              .build());
    }
    b.items(Tag.SEGMENT_SEQUENCE, items);
  }

  /** CIELab as 16-bit numbers (PS3.3 C.10.7.1.1). */
  static double[] encoded(double[] lab) {
    return new double[] {
      lab[0] * 65535 / 100, (lab[1] + 128) * 65535 / 255, (lab[2] + 128) * 65535 / 255
    };
  }

  private static DicomDataset shared(SourceImage source, SlicePlane plane) throws IOException {
    DatasetBuilder measures = new DatasetBuilder();
    ImagePlane.spacing(measures, plane);
    source.tags().copyTo(measures, Tag.SLICE_THICKNESS, Tag.SPACING_BETWEEN_SLICES);
    DatasetBuilder orientation = new DatasetBuilder();
    ImagePlane.orientation(orientation, plane);
    return new DatasetBuilder()
        .items(Tag.PIXEL_MEASURES_SEQUENCE, measures.build())
        .items(Tag.PLANE_ORIENTATION_SEQUENCE, orientation.build())
        .build();
  }

  /** Frames: all planes of the first segment, then of the second, and so on. */
  private static List<DicomDataset> perFrame(int segments, List<Plane> planes) {
    List<DicomDataset> frames = new ArrayList<>();
    for (int s = 1; s <= segments; s++) {
      for (int k = 0; k < planes.size(); k++) {
        DatasetBuilder position = new DatasetBuilder();
        ImagePlane.position(position, planes.get(k).plane());
        List<DicomDataset> sources =
            planes.get(k).sources().stream().map(i -> i.source(SOURCE)).toList();
        DicomDataset derivation =
            new DatasetBuilder()
                .codes(Tag.DERIVATION_CODE_SEQUENCE, SEGMENTATION)
                .items(Tag.SOURCE_IMAGE_SEQUENCE, sources)
                .build();
        frames.add(
            new DatasetBuilder()
                .items(Tag.DERIVATION_IMAGE_SEQUENCE, derivation)
                .items(
                    Tag.FRAME_CONTENT_SEQUENCE,
                    new DatasetBuilder().numbers(Tag.DIMENSION_INDEX_VALUES, s, k + 1).build())
                .items(Tag.PLANE_POSITION_SEQUENCE, position.build())
                .items(
                    Tag.SEGMENT_IDENTIFICATION_SEQUENCE,
                    new DatasetBuilder().numbers(Tag.REFERENCED_SEGMENT_NUMBER, s).build())
                .build());
      }
    }
    return frames;
  }

  private static void pixels(DatasetBuilder b, int segments, List<Plane> planes, boolean binary) {
    int columns = planes.get(0).plane().columns();
    int rows = planes.get(0).plane().rows();
    int frame = columns * rows;
    int frames = segments * planes.size();
    long bits = (long) frames * frame;
    byte[] bytes = new byte[(int) (binary ? (bits + 7) / 8 : bits)];
    for (int k = 0; k < planes.size(); k++) {
      List<Image2> maps = planes.get(k).probabilities();
      float[] labels = binary ? labels(maps, columns, rows) : null;
      for (int s = 0; s < segments; s++) {
        long at = ((long) s * planes.size() + k) * frame;
        for (int n = 0; n < frame; n++, at++) {
          if (!binary) {
            bytes[(int) at] =
                (byte) Math.clamp(Math.round(maps.get(s).values()[n] * MOST), 0, MOST);
          } else if (labels[n] == s + 1) {
            bytes[(int) (at >> 3)] |= (byte) (1 << (at & 7));
          }
        }
      }
    }
    int allocated = binary ? 1 : 8;
    b.numbers(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .numbers(Tag.NUMBER_OF_FRAMES, frames)
        .numbers(Tag.ROWS, rows)
        .numbers(Tag.COLUMNS, columns)
        .numbers(Tag.BITS_ALLOCATED, allocated)
        .numbers(Tag.BITS_STORED, allocated)
        .numbers(Tag.HIGH_BIT, allocated - 1)
        .numbers(Tag.PIXEL_REPRESENTATION, 0)
        .bytes(Tag.PIXEL_DATA, Vr.OB, bytes);
  }

  private static float[] labels(List<Image2> maps, int columns, int rows) {
    int size = columns * rows;
    float[] tissues = new float[maps.size() * size];
    for (int s = 0; s < maps.size(); s++) {
      System.arraycopy(maps.get(s).values(), 0, tissues, s * size, size);
    }
    return Labels.mostProbable(tissues, columns, rows).values();
  }
}
