package org.loupe.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.ShownValues;
import org.loupe.dicom.Tag;
import org.loupe.image.SliceCache;

/** Frames sorted into studies and series by their UIDs, as they come. */
final class DicomStudies {

  /** The frames of one Series Instance UID, and the series that were last made of them. */
  private static final class Group {
    final List<Frame> frames = new ArrayList<>();
    List<Series> made = List.of();
    int madeOf;
  }

  private final Map<String, Map<String, Group>> studies = new LinkedHashMap<>();
  private final SliceCache cache;
  private int frames;
  private int seriesMet;

  /**
   * @param cache keeps slices that are read later
   */
  DicomStudies(SliceCache cache) {
    this.cache = cache;
  }

  void add(Frame frame) {
    Map<String, Group> study =
        studies.computeIfAbsent(
            frame.tags().string(Tag.STUDY_INSTANCE_UID), k -> new LinkedHashMap<>());
    Group group = study.get(frame.tags().string(Tag.SERIES_INSTANCE_UID));
    if (group == null) {
      group = new Group();
      study.put(frame.tags().string(Tag.SERIES_INSTANCE_UID), group);
      seriesMet++;
    }
    group.frames.add(frame);
    frames++;
  }

  /** Number of frames so far. */
  int frames() {
    return frames;
  }

  /** Number of Series Instance UIDs so far. */
  int seriesMet() {
    return seriesMet;
  }

  /** Studies by date; their series by Series Number. */
  List<Study> assemble() {
    List<Study> assembled = new ArrayList<>();
    studies.forEach((uid, groups) -> assembled.add(study(uid, new ArrayList<>(groups.values()))));
    assembled.sort(Comparator.comparing(Study::date));
    return assembled;
  }

  private Study study(String uid, List<Group> groups) {
    groups.sort(
        Comparator.comparingDouble(
            (Group g) -> g.frames.get(0).tags().number(Tag.SERIES_NUMBER).orElse(1e9)));
    List<Series> series = new ArrayList<>();
    for (Group group : groups) {
      if (group.madeOf < group.frames.size()) {
        group.made = SeriesAssembler.assemble(group.frames, cache);
        group.madeOf = group.frames.size();
      }
      series.addAll(group.made);
    }
    FrameTags tags = groups.get(0).frames.get(0).tags();
    return new Study(
        uid,
        ShownValues.personName(tags.string(Tag.PATIENT_NAME)),
        tags.string(Tag.STUDY_DESCRIPTION),
        ShownValues.date(tags.string(Tag.STUDY_DATE)),
        series);
  }
}
