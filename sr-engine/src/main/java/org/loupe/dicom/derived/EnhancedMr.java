package org.loupe.dicom.derived;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.ImagePlane;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Uids;
import org.loupe.dicom.derived.DerivedMr.Derivation;
import org.loupe.dicom.derived.DerivedMr.Slice;
import org.loupe.image.Image2;

/**
 * A derived MR series as one Enhanced MR Image Storage object (PS3.3 A.36.2): a stack of frames
 * (dimensions Stack ID and In-Stack Position Number), what frames share said once.
 */
final class EnhancedMr {

  static final String STORAGE = "1.2.840.10008.5.1.4.1.1.4.1";

  /** C.8.13.1: what can be said of computed frames. Enhanced images are PRIMARY, derived or not. */
  private static final String[] TYPE = {"DERIVED", "PRIMARY", "VOLUME", "RESAMPLED"};

  private static final String STACK = "1";

  private EnhancedMr() {}

  /**
   * The object.
   *
   * @param slices parallel, of one size, in the order of their stack
   * @throws IOException where pixel axes are not perpendicular
   * @throws IllegalArgumentException where the slices are too many for one object
   */
  static DicomDataset dataset(List<Slice> slices, Derivation derivation, StoredPixels stored)
      throws IOException {
    SourceImage first = slices.get(0).target();
    FrameTags tags = first.tags();
    LocalDateTime when = derivation.processing().when();
    DatasetBuilder b = new DatasetBuilder();
    Modules.patientAndStudy(b, tags);
    Modules.series(b, "MR", DerivedMr.series(first, derivation), 1, when);
    Modules.content(b, when);
    Modules.equipment(b);
    Modules.sop(b, STORAGE, Uids.random());
    DerivedMr.frameOfReference(b, first, Uids.random());
    tags.copyTo(b, Tag.PATIENT_POSITION, Tag.BODY_PART_EXAMINED, Tag.PROTOCOL_NAME);
    tags.copyTo(b, Tag.ACQUISITION_DATE_TIME);
    // Checkers ask for it, and classic images do not tell it: IEC 60601-2-33 holds everywhere.
    b.text(Tag.APPLICABLE_SAFETY_STANDARD_AGENCY, "IEC");
    tags.copyTo(b, Tag.APPLICABLE_SAFETY_STANDARD_AGENCY);
    b.text(Tag.IMAGE_TYPE, TYPE);
    frameType(b, tags);
    b.empty(Tag.ACQUISITION_CONTEXT_SEQUENCE)
        .text(Tag.CONTENT_QUALIFICATION, "RESEARCH")
        .text(Tag.PRESENTATION_LUT_SHAPE, "IDENTITY");
    DerivedMr.equipment(b, tags, derivation);
    List<SourceImage> sources = new ArrayList<>();
    slices.forEach(s -> sources.addAll(s.sources()));
    Modules.commonInstanceReference(b, first.studyUid(), SourceImage.distinct(sources));
    b.items(Tag.SOURCE_IMAGE_EVIDENCE_SEQUENCE, Modules.evidence(SourceImage.distinct(sources)));
    DerivedMr.marks(b, sources);
    Modules.dimensions(
        b,
        new Modules.Dimension(Tag.STACK_ID, Tag.FRAME_CONTENT_SEQUENCE, "Stack"),
        new Modules.Dimension(
            Tag.IN_STACK_POSITION, Tag.FRAME_CONTENT_SEQUENCE, "Position in the stack"));
    b.items(Tag.SHARED_FUNCTIONAL_GROUPS, shared(slices.get(0), stored));
    List<DicomDataset> frames = new ArrayList<>();
    for (int k = 0; k < slices.size(); k++) {
      frames.add(frame(slices.get(k), derivation, k + 1));
    }
    b.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS, frames);
    List<Image2> images = slices.stream().map(Slice::pixels).toList();
    stored.pixels(b, images);
    return b.numbers(Tag.NUMBER_OF_FRAMES, frames.size()).build();
  }

  /** C.8.13.3.1, common to the image and to its frames. */
  private static void frameType(DatasetBuilder b, FrameTags tags) {
    String contrast = tags.string(Tag.ACQUISITION_CONTRAST);
    b.text(Tag.PIXEL_PRESENTATION, "MONOCHROME")
        .text(Tag.VOLUMETRIC_PROPERTIES, "VOLUME")
        .text(Tag.VOLUME_BASED_CALCULATION_TECHNIQUE, "NONE")
        .text(Tag.COMPLEX_IMAGE_COMPONENT, "MAGNITUDE")
        .text(Tag.ACQUISITION_CONTRAST, contrast.isEmpty() ? "UNKNOWN" : contrast);
  }

  private static DicomDataset shared(Slice slice, StoredPixels stored) throws IOException {
    FrameTags tags = slice.target().tags();
    DatasetBuilder measures = new DatasetBuilder();
    ImagePlane.spacing(measures, slice.plane());
    measures.empty(Tag.SLICE_THICKNESS);
    tags.copyTo(measures, Tag.SLICE_THICKNESS, Tag.SPACING_BETWEEN_SLICES);
    DatasetBuilder orientation = new DatasetBuilder();
    ImagePlane.orientation(orientation, slice.plane());
    DatasetBuilder type = new DatasetBuilder().text(Tag.FRAME_TYPE, TYPE);
    frameType(type, tags);
    DatasetBuilder values = new DatasetBuilder();
    stored.rescale(values);
    DatasetBuilder groups =
        new DatasetBuilder()
            .items(Tag.PIXEL_MEASURES_SEQUENCE, measures.build())
            .items(Tag.PLANE_ORIENTATION_SEQUENCE, orientation.build())
            .items(Tag.FRAME_ANATOMY_SEQUENCE, Anatomy.of(tags))
            .items(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, values.build())
            .items(Tag.MR_IMAGE_FRAME_TYPE_SEQUENCE, type.build());
    // The timing macro asks for more than classic images tell.
    tags.number(Tag.EFFECTIVE_ECHO_TIME, Tag.ECHO_TIME)
        .ifPresent(
            te ->
                groups.items(
                    Tag.MR_ECHO_SEQUENCE,
                    new DatasetBuilder().numbers(Tag.EFFECTIVE_ECHO_TIME, te).build()));
    return groups.build();
  }

  private static DicomDataset frame(Slice slice, Derivation derivation, int position) {
    DatasetBuilder place = new DatasetBuilder();
    ImagePlane.position(place, slice.plane());
    DatasetBuilder derived = new DatasetBuilder();
    DerivedMr.described(derived, slice, derivation);
    DatasetBuilder groups =
        new DatasetBuilder()
            .items(
                Tag.FRAME_CONTENT_SEQUENCE,
                new DatasetBuilder()
                    .text(Tag.STACK_ID, STACK)
                    .numbers(Tag.IN_STACK_POSITION, position)
                    .numbers(Tag.DIMENSION_INDEX_VALUES, 1, position)
                    .build())
            .items(Tag.PLANE_POSITION_SEQUENCE, place.build())
            .items(Tag.DERIVATION_IMAGE_SEQUENCE, derived.build());
    DatasetBuilder window = new DatasetBuilder();
    slice.target().tags().copyTo(window, DerivedMr.WINDOW);
    DicomDataset voi = window.build();
    if (voi.has(Tag.WINDOW_CENTER) && voi.has(Tag.WINDOW_WIDTH)) {
      groups.items(Tag.FRAME_VOI_LUT_SEQUENCE, voi);
    }
    return groups.build();
  }
}
