package org.loupe.study;

import java.util.List;

/**
 * What opening some paths gave.
 *
 * @param studies the studies, each with its series
 * @param problems the files that could not be opened, each with its reason
 * @param leftOut the files that were understood but are no image series (label maps), with the
 *     reason
 */
public record Loaded(List<Study> studies, List<Problem> problems, List<Problem> leftOut) {

  public Loaded {
    studies = List.copyOf(studies);
    problems = List.copyOf(problems);
    leftOut = List.copyOf(leftOut);
  }

  /** Every series of every study. */
  public List<Series> allSeries() {
    return studies.stream().flatMap(study -> study.series().stream()).toList();
  }
}
