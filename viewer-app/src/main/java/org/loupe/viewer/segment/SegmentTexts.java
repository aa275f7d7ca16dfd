package org.loupe.viewer.segment;

import java.util.List;
import java.util.function.Predicate;
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

  /**
   * How many segmentations there are now.
   *
   * @param placed tells which lie over an open series
   */
  public static String opened(
      List<SegmentationOverlay> found, Predicate<SegmentationOverlay> placed) {
    int over = (int) found.stream().filter(placed).count();
    String elsewhere =
        over == found.size() ? "" : Texts.of("segments.elsewhere", found.size() - over);
    String opened = over == 0 ? "" : Texts.of("segments.opened", over);
    return (opened + " " + elsewhere).strip();
  }

  /** Volume, and that it is not known; empty where it is not measured yet. */
  public static String volume(Extent extent) {
    if (extent == null) {
      return "";
    }
    double ml = extent.millilitres();
    if (Double.isNaN(ml)) {
      return Texts.of("segment.volumeUnknown");
    }
    return Texts.of(
        ml < 0.1 ? "segment.volumeFinest" : ml < 10 ? "segment.volumeFine" : "segment.volume", ml);
  }
}
