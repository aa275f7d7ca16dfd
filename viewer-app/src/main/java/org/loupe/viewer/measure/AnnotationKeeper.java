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
 * Keeps annotations in one file per study: reads them when a study is opened and writes them after
 * each change. A file that cannot be read is left as it is, and nothing is written over it.
 */
public final class AnnotationKeeper {

  private final Path folder;
  private final OpenStudies studies;
  private final Annotations annotations;
  private final Consumer<String> say;
  private final Set<String> read = new HashSet<>();

  /** Studies of which nothing had been kept. */
  private final Set<String> fresh = new HashSet<>();

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
      unreadable.clear();
      origins.clear();
      load(Content.EMPTY);
      return;
    }
    List<Measurement> measurements = new ArrayList<>(annotations.all());
    List<String> keys = new ArrayList<>(annotations.contentProperty().get().keyImages());
    boolean more = false;
    for (Study study : open) {
      if (folder != null && read.add(study.id())) {
        try {
          Path file = MeasurementFile.of(folder, study.id());
          Content kept = MeasurementFile.read(file, study.id());
          if (Files.notExists(file)) {
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
  }

  /**
   * Marks the key images that come with the files of a study, unless the user's own marks of that
   * study were kept: those may lack one that the user took away.
   *
   * @param images see {@link org.loupe.study.Loaded#keyImages}
   */
  public void mark(List<String> images) {
    Content content = annotations.contentProperty().get();
    Set<String> keys = new LinkedHashSet<>(content.keyImages());
    for (OpenSeries open : studies.series()) {
      if (folder == null || fresh.contains(open.study().id())) {
        open.series().instanceIds().stream()
            .filter(id -> images.contains(id) || images.contains(Series.instanceUid(id)))
            .forEach(keys::add);
      }
    }
    if (keys.size() > content.keyImages().size()) {
      load(new Content(content.measurements(), List.copyOf(keys)));
    }
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
    if (loading || folder == null) {
      return;
    }
    Content all = annotations.contentProperty().get();
    for (Study study : open()) {
      if (unreadable.contains(study.id()) || !read.contains(study.id())) {
        continue;
      }
      try {
        MeasurementFile.write(MeasurementFile.of(folder, study.id()), study.id(), of(study, all));
      } catch (IOException e) {
        say.accept(Texts.of("measure.unwritable", e.getMessage()));
      }
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
