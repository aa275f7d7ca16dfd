package org.loupe.study;

import java.util.List;
import org.loupe.dicom.Segmentation.Tissues;
import org.loupe.dicom.derived.DerivedSegmentation;
import org.loupe.dicom.derived.SourceImage;
import org.loupe.image.SlicePlane;
import org.loupe.sr.SlicePrior;

/** The tissue prior of super-resolution as segments of a DICOM segmentation. */
public final class PriorSegments {

  /** CSF, grey and white matter, in the order of {@link SlicePrior}. */
  public static final List<DerivedSegmentation.Segment> SEGMENTS =
      List.of(
          new DerivedSegmentation.Segment(
              "Cerebrospinal fluid",
              Tissues.BODY_SUBSTANCE,
              Tissues.CSF,
              new double[] {60, -10, -45}),
          new DerivedSegmentation.Segment(
              "Grey matter", Tissues.TISSUE, Tissues.GREY_MATTER, new double[] {65, 50, 30}),
          new DerivedSegmentation.Segment(
              "White matter", Tissues.TISSUE, Tissues.WHITE_MATTER, new double[] {80, 0, 60}));

  private PriorSegments() {}

  /**
   * The prior of a slice.
   *
   * @param plane the slice's
   * @param sources the slice's image first
   */
  public static DerivedSegmentation.Plane plane(
      SlicePrior prior, SlicePlane plane, List<SourceImage> sources) {
    SlicePlane lattice =
        plane.resampled(
            prior.columnRatio(), prior.rowRatio(), prior.csf().width(), prior.csf().height());
    return new DerivedSegmentation.Plane(
        lattice, List.of(prior.csf(), prior.gm(), prior.wm()), sources);
  }
}
