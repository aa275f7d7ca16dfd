package org.loupe.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.loupe.dicom.Frame;
import org.loupe.dicom.Tag;
import org.loupe.image.Vec3;

/**
 * Frames of one orientation in order along their normal.
 *
 * @param kept one frame for each position
 * @param notes duplicates, missing slices and uneven spacing, in words for the user
 */
record SliceOrder(List<Frame> kept, List<String> notes) {

  /** Positions closer than this are one position, mm: decimal strings round, tables do not. */
  private static final double SAME_POSITION = 0.01;

  static SliceOrder of(List<Frame> frames) {
    Vec3 normal = frames.get(0).plane().normal();
    List<Frame> sorted = new ArrayList<>(frames);
    // Of frames at one place the first of the acquisition is kept.
    sorted.sort(
        Comparator.comparingDouble((Frame f) -> position(f, normal))
            .thenComparingDouble(f -> f.tags().number(Tag.INSTANCE_NUMBER).orElse(0))
            .thenComparing(Frame::instanceId));
    List<Frame> kept = new ArrayList<>();
    for (Frame frame : sorted) {
      if (kept.isEmpty() || !samePlace(kept.get(kept.size() - 1), frame, normal)) {
        kept.add(frame);
      }
    }
    List<String> notes = new ArrayList<>();
    int duplicates = frames.size() - kept.size();
    if (duplicates > 0) {
      notes.add(
          duplicates == 1
              ? "1 duplicate slice is left out: another lies at the same position"
              : duplicates + " duplicate slices are left out: others lie at the same positions");
    }
    notes.addAll(gapNotes(kept, normal));
    return new SliceOrder(List.copyOf(kept), List.copyOf(notes));
  }

  private static double position(Frame frame, Vec3 normal) {
    return frame.plane().origin().dot(normal);
  }

  private static boolean samePlace(Frame a, Frame b, Vec3 normal) {
    return Math.abs(position(a, normal) - position(b, normal)) < SAME_POSITION;
  }

  private static List<String> gapNotes(List<Frame> kept, Vec3 normal) {
    if (kept.size() < 3) {
      return List.of();
    }
    List<Double> gaps = new ArrayList<>();
    for (int k = 1; k < kept.size(); k++) {
      gaps.add(position(kept.get(k), normal) - position(kept.get(k - 1), normal));
    }
    List<Double> sorted = gaps.stream().sorted().toList();
    double usual = sorted.get(sorted.size() / 2);
    // A few hundredths of a millimetre are rounding.
    double tolerance = Math.max(0.02, 0.02 * usual);
    List<String> notes = new ArrayList<>();
    boolean uneven = false;
    for (int k = 0; k < gaps.size(); k++) {
      double gap = gaps.get(k);
      long steps = Math.round(gap / usual);
      if (steps >= 2 && Math.abs(gap - steps * usual) < 0.15 * usual) {
        notes.add(
            "%d %s missing between slice %d and %d: %s mm apart in place of %s mm"
                .formatted(
                    steps - 1,
                    steps == 2 ? "slice is" : "slices are",
                    k + 1,
                    k + 2,
                    SeriesAssembler.number(gap),
                    SeriesAssembler.number(usual)));
      } else {
        uneven |= Math.abs(gap - usual) > tolerance;
      }
    }
    if (uneven) {
      notes.add(
          "slice spacing is uneven: %s to %s mm"
              .formatted(
                  SeriesAssembler.number(sorted.get(0)),
                  SeriesAssembler.number(sorted.get(sorted.size() - 1))));
    }
    return notes;
  }
}
