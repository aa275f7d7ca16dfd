package org.loupe.dicom.derived;

import java.util.List;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.Tag;
import org.loupe.image.Pixel;

/** Content items of structured reports (PS3.3 C.17.3). */
final class ContentItem {

  /** Relationship of an item to the one that encloses it. */
  enum Relationship {
    CONTAINS("CONTAINS"),
    CONTEXT("HAS OBS CONTEXT"),
    MODIFIER("HAS CONCEPT MOD"),
    INFERRED("INFERRED FROM"),
    SELECTED("SELECTED FROM");

    private final String term;

    Relationship(String term) {
      this.term = term;
    }
  }

  private ContentItem() {}

  private static DatasetBuilder item(Relationship relationship, String type, Code concept) {
    DatasetBuilder b =
        new DatasetBuilder()
            .text(Tag.RELATIONSHIP_TYPE, relationship.term)
            .text(Tag.VALUE_TYPE, type);
    return concept == null ? b : b.codes(Tag.CONCEPT_NAME_CODE_SEQUENCE, concept);
  }

  /**
   * A container.
   *
   * @param template of PS3.16 that it follows; empty for none of its own
   */
  static DicomDataset container(
      Relationship relationship, Code concept, String template, List<DicomDataset> content) {
    DatasetBuilder b = item(relationship, "CONTAINER", concept);
    b.text(Tag.CONTINUITY_OF_CONTENT, "SEPARATE");
    if (!template.isEmpty()) {
      template(b, template);
    }
    return b.items(Tag.CONTENT_SEQUENCE, content).build();
  }

  /** Names the template of a container. */
  static void template(DatasetBuilder b, String identifier) {
    b.items(
        Tag.CONTENT_TEMPLATE_SEQUENCE,
        new DatasetBuilder()
            .text(Tag.MAPPING_RESOURCE, "DCMR")
            .text(Tag.TEMPLATE_IDENTIFIER, identifier)
            .build());
  }

  static DicomDataset text(Relationship relationship, Code concept, String value) {
    return item(relationship, "TEXT", concept).text(Tag.TEXT_VALUE, value).build();
  }

  static DicomDataset code(Relationship relationship, Code concept, Code value) {
    return item(relationship, "CODE", concept).codes(Tag.CONCEPT_CODE_SEQUENCE, value).build();
  }

  static DicomDataset uid(Relationship relationship, Code concept, String value) {
    return item(relationship, "UIDREF", concept).text(Tag.UID, value).build();
  }

  static DicomDataset image(Relationship relationship, Code concept, SourceImage image) {
    return item(relationship, "IMAGE", concept)
        .items(Tag.REFERENCED_SOP_SEQUENCE, image.reference().build())
        .build();
  }

  static DicomDataset number(
      Relationship relationship,
      Code concept,
      double value,
      Code unit,
      List<DicomDataset> content) {
    DatasetBuilder b =
        item(relationship, "NUM", concept)
            .items(
                Tag.MEASURED_VALUE_SEQUENCE,
                new DatasetBuilder()
                    .numbers(Tag.NUMERIC_VALUE, value)
                    .codes(Tag.MEASUREMENT_UNITS_CODE_SEQUENCE, unit)
                    .build());
    return content.isEmpty() ? b.build() : b.items(Tag.CONTENT_SEQUENCE, content).build();
  }

  /**
   * Places on an image.
   *
   * @param type POINT, POLYLINE or ELLIPSE
   * @param points lattice positions, centres of pixels whole
   */
  static DicomDataset coordinates(
      Relationship relationship, Code concept, String type, List<Pixel> points, SourceImage image) {
    return item(relationship, "SCOORD", concept)
        .text(Tag.GRAPHIC_TYPE, type)
        .numbers(Tag.GRAPHIC_DATA, graphicData(points))
        .items(Tag.CONTENT_SEQUENCE, image(Relationship.SELECTED, null, image))
        .build();
  }

  /** Column and row of each point, from the upper left corner of the first pixel on. */
  static double[] graphicData(List<Pixel> points) {
    double[] data = new double[2 * points.size()];
    for (int n = 0; n < points.size(); n++) {
      data[2 * n] = points.get(n).column() + 0.5;
      data[2 * n + 1] = points.get(n).row() + 0.5;
    }
    return data;
  }
}
