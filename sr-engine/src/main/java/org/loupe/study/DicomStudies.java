package org.loupe.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;

/** Frames sorted into studies and series by their UIDs. */
final class DicomStudies {

  private DicomStudies() {}

  /** Studies by date; their series by Series Number. */
  static List<Study> assemble(List<Frame> frames) {
    Map<String, Map<String, List<Frame>>> studies = new LinkedHashMap<>();
    for (Frame frame : frames) {
      studies
          .computeIfAbsent(frame.tags().string(Tag.STUDY_INSTANCE_UID), k -> new LinkedHashMap<>())
          .computeIfAbsent(frame.tags().string(Tag.SERIES_INSTANCE_UID), k -> new ArrayList<>())
          .add(frame);
    }
    List<Study> assembled = new ArrayList<>();
    studies.forEach((uid, series) -> assembled.add(study(uid, new ArrayList<>(series.values()))));
    assembled.sort(Comparator.comparing(Study::date));
    return assembled;
  }

  private static Study study(String uid, List<List<Frame>> bySeries) {
    bySeries.sort(
        Comparator.comparingDouble(
            (List<Frame> f) -> f.get(0).tags().number(Tag.SERIES_NUMBER).orElse(1e9)));
    List<Series> series = new ArrayList<>();
    bySeries.forEach(frames -> series.addAll(SeriesAssembler.assemble(frames)));
    FrameTags tags = bySeries.get(0).get(0).tags();
    return new Study(
        uid,
        personName(tags.string(Tag.PATIENT_NAME)),
        tags.string(Tag.STUDY_DESCRIPTION),
        date(tags.string(Tag.STUDY_DATE)),
        series);
  }

  /** "Doe^Jane" as "Doe Jane": the alphabetic group, components apart (PS3.5 6.2.1). */
  static String personName(String name) {
    int group = name.indexOf('=');
    String shown = group > 0 ? name.substring(0, group) : name.substring(group + 1);
    return shown.replace('^', ' ').strip().replaceAll(" +", " ");
  }

  private static String date(String da) {
    return da.matches("\\d{8}")
        ? da.substring(0, 4) + "-" + da.substring(4, 6) + "-" + da.substring(6)
        : da;
  }
}
