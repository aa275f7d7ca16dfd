package org.loupe.viewer.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.viewer.Texts;
import org.loupe.viewer.measure.MeasurementFile.Content;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;

/**
 * Keeps annotations in one file per study: reads them when a study is opened and writes those of a
 * study after each change, after a drag once. A file that cannot be read is left as it is, and
 * nothing is written over it.
 */
public final class AnnotationKeeper {

  private final Path folder;
  private final OpenStudies studies;
  private final Annotations annotations;
  private final Consumer<String> say;
  private final Set<String> read = new HashSet<>();

  /** Studies of which nothing had been kept, and whose marks the user has not changed since. */
  private final Set<String> fresh = new HashSet<>();

  /**
   * What studies had when that was read, marked by key objects or written last; of one that cannot
   * be read, when it was last said that it is not kept.
   */
  private final Map<String, Content> known = new HashMap<>();

  private final Set<String> unreadable = new HashSet<>();

  /**
   * Study of each measurement (by id) and key image that was read, so that what belongs to series
   * that are not open now is written back with the rest.
   */
  private final Map<String, String> origins = new HashMap<>();

  private boolean loading;

  /**
   * @param folder of the files; null to keep nothing
   * @param say tells the user what went wrong
   */
  public AnnotationKeeper(
      Path folder, OpenStudies studies, Annotations annotations, Consumer<String> say) {
    this.folder = folder;
    this.studies = studies;
    this.annotations = annotations;
    this.say = say;
    studies.revisionProperty().subscribe(this::follow);
    annotations.contentProperty().subscribe(this::write);
    annotations.draggingProperty().subscribe(this::write);
  }

  private List<Study> open() {
    List<Study> out = new ArrayList<>();
    for (OpenSeries s : studies.series()) {
      if (out.stream().noneMatch(o -> o.id().equals(s.study().id()))) {
        out.add(s.study());
      }
    }
    return out;
  }

  private void follow() {
    List<Study> open = open();
    if (open.isEmpty()) {
      read.clear();
      fresh.clear();
      known.clear();
      unreadable.clear();
      origins.clear();
      load(Content.EMPTY);
      return;
    }
    List<Measurement> measurements = new ArrayList<>(annotations.all());
    List<String> keys = new ArrayList<>(annotations.contentProperty().get().keyImages());
    boolean more = false;
    List<Study> added = open.stream().filter(study -> read.add(study.id())).toList();
    for (Study study : added) {
      if (folder == null) {
        fresh.add(study.id());
      } else {
        try {
          Path file = MeasurementFile.of(folder, study.id());
          Content kept = MeasurementFile.read(file, study.id());
          if (nothingKept(study)) {
            fresh.add(study.id());
          }
          kept.measurements().forEach(m -> origins.put(m.id(), study.id()));
          kept.keyImages().forEach(k -> origins.put(k, study.id()));
          measurements.addAll(kept.measurements());
          keys.addAll(kept.keyImages());
          more |= !kept.equals(Content.EMPTY);
        } catch (IOException e) {
          unreadable.add(study.id());
          say.accept(Texts.of("measure.unreadable", e.getMessage()));
        }
      }
    }
    if (more) {
      load(new Content(measurements, keys));
    }
    learn(added);
  }

  /** What studies have now needs no writing. */
  private void learn(List<Study> of) {
    Content all = annotations.contentProperty().get();
    of.forEach(study -> known.put(study.id(), of(study, all)));
  }

  /**
   * Marks the key images that come with the files of a study, unless the user's own marks of that
   * study were kept, now or before: those may lack one that the user took away.
   *
   * @param images see {@link org.loupe.study.Loaded#keyImages}
   */
  public void mark(List<String> images) {
    Content content = annotations.contentProperty().get();
    Set<String> keys = new LinkedHashSet<>(content.keyImages());
    for (OpenSeries open : studies.series()) {
      if (fresh.contains(open.study().id())) {
        open.series().instanceIds().stream()
            .filter(id -> images.contains(id) || images.contains(Series.instanceUid(id)))
            .forEach(keys::add);
      }
    }
    if (keys.size() > content.keyImages().size()) {
      load(new Content(content.measurements(), List.copyOf(keys)));
      learn(open().stream().filter(this::nothingKept).toList());
      write();
    }
  }

  private boolean nothingKept(Study study) {
    return folder == null || Files.notExists(MeasurementFile.of(folder, study.id()));
  }

  private void load(Content content) {
    loading = true;
    try {
      annotations.reset(content);
    } finally {
      loading = false;
    }
  }

  private void write() {
    if (loading || annotations.draggingProperty().get()) {
      return;
    }
    Content all = annotations.contentProperty().get();
    for (Study study : open()) {
      Content now = of(study, all);
      boolean changed = read.contains(study.id()) && !now.equals(known.get(study.id()));
      if (changed && unreadable.contains(study.id())) {
        known.put(study.id(), now);
        say.accept(Texts.of("measure.notKept"));
      } else if (changed) {
        keep(study, now);
      }
    }
  }

  private void keep(Study study, Content now) {
    try {
      if (folder != null) {
        MeasurementFile.write(MeasurementFile.of(folder, study.id()), study.id(), now);
      }
      Content before = known.put(study.id(), now);
      if (!now.keyImages().equals(before.keyImages())) {
        fresh.remove(study.id());
      }
    } catch (IOException e) {
      say.accept(Texts.of("measure.unwritable", e.getMessage()));
    }
  }

  /** What of all annotations belongs to a study. */
  private Content of(Study study, Content all) {
    Set<String> series = new HashSet<>();
    Set<String> instances = new HashSet<>();
    for (OpenSeries open : studies.series()) {
      if (open.study().id().equals(study.id())) {
        series.add(open.series().id());
        instances.addAll(open.series().instanceIds());
      }
    }
    return new Content(
        all.measurements().stream()
            .filter(m -> series.contains(m.seriesId()) || isFrom(study, m.id()))
            .toList(),
        all.keyImages().stream().filter(k -> instances.contains(k) || isFrom(study, k)).toList());
  }

  private boolean isFrom(Study study, String id) {
    return study.id().equals(origins.get(id));
  }
}
