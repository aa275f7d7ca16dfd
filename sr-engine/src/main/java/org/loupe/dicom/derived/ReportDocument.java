package org.loupe.dicom.derived;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.KeyObjects;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Uids;
import org.loupe.dicom.derived.ContentItem.Relationship;

/**
 * Measurements as a structured report (PS3.16 TID 1500, Imaging Measurement Report, in an Enhanced
 * SR), and marked images as a key object selection (TID 2010).
 */
public final class ReportDocument {

  static final String ENHANCED_SR = "1.2.840.10008.5.1.4.1.1.88.22";

  /** This program as an observer; one UID for all copies of it. */
  private static final String DEVICE = Uids.fromName("Loupe, the measuring program");

  private ReportDocument() {}

  /**
   * The measurements of a study.
   *
   * @param findings at least one, all of one study
   * @param when local time of the report
   */
  public static DicomDataset measurements(List<Finding> findings, LocalDateTime when) {
    List<SourceImage> images = SourceImage.distinct(findings.stream().map(Finding::image).toList());
    DatasetBuilder b = document("SR", ENHANCED_SR, 3000, "Measurements", images, when);
    b.text(Tag.COMPLETION_FLAG, "PARTIAL")
        .text(Tag.VERIFICATION_FLAG, "UNVERIFIED")
        .empty(Tag.PERFORMED_PROCEDURE_CODE_SEQUENCE)
        .text(Tag.VALUE_TYPE, "CONTAINER")
        .codes(Tag.CONCEPT_NAME_CODE_SEQUENCE, Code.dcm("126000", "Imaging Measurement Report"))
        .text(Tag.CONTINUITY_OF_CONTENT, "SEPARATE");
    ContentItem.template(b, "1500");
    List<DicomDataset> content = new ArrayList<>(context());
    content.add(library(images));
    content.add(
        ContentItem.container(
            Relationship.CONTAINS,
            Code.dcm("126010", "Imaging Measurements"),
            "",
            findings.stream().map(ReportDocument::group).toList()));
    return b.items(Tag.CONTENT_SEQUENCE, content).build();
  }

  /**
   * Images of interest of a study.
   *
   * @param images at least one, all of one study
   * @param when local time of the selection
   */
  public static DicomDataset keyImages(List<SourceImage> images, LocalDateTime when) {
    DatasetBuilder b = document("KO", KeyObjects.STORAGE, 3001, "Key images", images, when);
    b.text(Tag.VALUE_TYPE, "CONTAINER")
        .codes(Tag.CONCEPT_NAME_CODE_SEQUENCE, Code.dcm("113000", "Of Interest"))
        .text(Tag.CONTINUITY_OF_CONTENT, "SEPARATE");
    ContentItem.template(b, "2010");
    List<DicomDataset> content = new ArrayList<>();
    content.add(
        ContentItem.text(
            Relationship.CONTAINS,
            Code.dcm("113012", "Key Object Description"),
            "Marked in Loupe"));
    images.forEach(i -> content.add(ContentItem.image(Relationship.CONTAINS, null, i)));
    return b.items(Tag.CONTENT_SEQUENCE, content).build();
  }

  private static DatasetBuilder document(
      String modality,
      String sopClass,
      int number,
      String description,
      List<SourceImage> images,
      LocalDateTime when) {
    DatasetBuilder b = new DatasetBuilder();
    Modules.patientAndStudy(b, images.get(0).tags());
    Modules.series(b, modality, Modules.Series.of(number, description), 1, when);
    Modules.content(b, when);
    Modules.equipment(b);
    Modules.sop(b, sopClass, Uids.random());
    return b.empty(Tag.REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE)
        .items(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, Modules.evidence(images));
  }

  /** Language, observer and procedure (TID 1204, 1001, 1500). */
  private static List<DicomDataset> context() {
    return List.of(
        ContentItem.code(
            Relationship.MODIFIER,
            Code.dcm("121049", "Language of Content Item and Descendants"),
            new Code("en", "RFC5646", "English")),
        ContentItem.code(
            Relationship.CONTEXT,
            Code.dcm("121005", "Observer Type"),
            Code.dcm("121007", "Device")),
        ContentItem.uid(Relationship.CONTEXT, Code.dcm("121012", "Device Observer UID"), DEVICE),
        ContentItem.text(
            Relationship.CONTEXT,
            Code.dcm("121013", "Device Observer Name"),
            Software.MODEL_NAME + " " + Software.VERSION),
        ContentItem.code(
            Relationship.MODIFIER,
            Code.dcm("121058", "Procedure reported"),
            new Code("25056-3", "LN", "MRI unspecified body region")));
  }

  /** TID 1600. */
  private static DicomDataset library(List<SourceImage> images) {
    List<DicomDataset> entries =
        images.stream().map(i -> ContentItem.image(Relationship.CONTAINS, null, i)).toList();
    return ContentItem.container(
        Relationship.CONTAINS,
        Code.dcm("111028", "Image Library"),
        "1600",
        List.of(
            ContentItem.container(
                Relationship.CONTAINS, Code.dcm("126200", "Image Library Group"), "", entries)));
  }

  /** A region with its numbers (TID 1410), or numbers with their places (TID 1501). */
  private static DicomDataset group(Finding finding) {
    List<DicomDataset> content = new ArrayList<>();
    content.add(
        ContentItem.text(
            Relationship.CONTEXT, Code.dcm("112039", "Tracking Identifier"), finding.name()));
    content.add(
        ContentItem.uid(
            Relationship.CONTEXT, Code.dcm("112040", "Tracking Unique Identifier"), finding.uid()));
    boolean region = finding.shape().isRegion();
    if (region) {
      content.addAll(places(finding, Relationship.CONTAINS, Code.dcm("111030", "Image Region")));
    }
    for (Finding.Value value : finding.values()) {
      List<DicomDataset> inner = new ArrayList<>();
      if (value.derivation() != null) {
        inner.add(
            ContentItem.code(
                Relationship.MODIFIER, Code.dcm("121401", "Derivation"), value.derivation()));
      }
      if (!region) {
        boolean point = finding.shape() == Finding.Shape.POINT;
        Code purpose = point ? Code.dcm("111010", "Center") : Code.dcm("121055", "Path");
        inner.addAll(places(finding, Relationship.INFERRED, purpose));
      }
      content.add(
          ContentItem.number(
              Relationship.CONTAINS, value.concept(), value.value(), value.unit(), inner));
    }
    return ContentItem.container(
        Relationship.CONTAINS,
        Code.dcm("125007", "Measurement Group"),
        region ? "1410" : "1501",
        content);
  }

  private static List<DicomDataset> places(Finding f, Relationship relationship, Code concept) {
    return f.graphics().stream()
        .map(g -> ContentItem.coordinates(relationship, concept, g.type(), g.points(), f.image()))
        .toList();
  }
}
