package org.loupe.study;

import java.util.List;

/** What opening some paths gave: the studies and the files left out, each with its reason. */
public record Loaded(List<Study> studies, List<Problem> problems) {

  public Loaded {
    studies = List.copyOf(studies);
    problems = List.copyOf(problems);
  }
}
