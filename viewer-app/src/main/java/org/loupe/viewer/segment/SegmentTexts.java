package org.loupe.viewer.segment;

import org.loupe.study.SegmentationOverlay;
import org.loupe.study.SegmentationOverlay.Extent;
import org.loupe.study.SegmentationOverlay.Segment;
import org.loupe.viewer.Texts;

/** Words for segments. */
public final class SegmentTexts {

  private SegmentTexts() {}

  /** What a segment is called: its label, or its number. */
  public static String name(Segment segment) {
    return segment.name().isEmpty() ? Texts.of("segment.number", segment.number()) : segment.name();
  }

  /** What a segmentation is called: its name, never that of its file, which may name a patient. */
  public static String name(SegmentationOverlay segmentation) {
    return segmentation.name().isEmpty() ? Texts.of("segments.unnamed") : segmentation.name();
  }

  /** Volume; empty where it is not known. */
  public static String volume(Extent extent) {
    if (extent == null || Double.isNaN(extent.millilitres())) {
      return "";
    }
    double ml = extent.millilitres();
    return Texts.of(ml < 10 ? "segment.volumeFine" : "segment.volume", ml);
  }
}
