package org.loupe.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What opening some paths gave.
 *
 * @param studies the studies, each with its series
 * @param problems the files that could not be opened, each with its reason
 * @param leftOut the files that were understood but are no image series (label maps), with the
 *     reason
 * @param files the DICOM files on disk, by SOP Instance UID
 */
public record Loaded(
    List<Study> studies, List<Problem> problems, List<Problem> leftOut, Map<String, Path> files) {

  public Loaded {
    studies = List.copyOf(studies);
    problems = List.copyOf(problems);
    leftOut = List.copyOf(leftOut);
    files = Map.copyOf(files);
  }

  /** Series of which it is not known which files they come from. */
  public Loaded(List<Study> studies, List<Problem> problems, List<Problem> leftOut) {
    this(studies, problems, leftOut, Map.of());
  }

  /** Every series of every study. */
  public List<Series> allSeries() {
    return studies.stream().flatMap(study -> study.series().stream()).toList();
  }

  /** The DICOM file on disk that a slice comes from, by the slice's identity. */
  public Optional<Path> file(String instanceId) {
    return Optional.ofNullable(files.get(Assembly.instance(instanceId)));
  }
}
