package org.loupe.viewer.study;

import java.util.ArrayList;
import java.util.List;
import org.loupe.study.Series;
import org.loupe.study.Study;

/**
 * A series that is open.
 *
 * @param study the study it came with; only its patient and description are used
 * @param series the series as displayed: oriented for the screen, with the user's contrast
 */
public record OpenSeries(Study study, Series series) {

  /** Patient, study and date, each on a line of its own for the screen. */
  public String patientLines() {
    List<String> parts = new ArrayList<>();
    for (String part : List.of(study.patient(), study.description(), study.date())) {
      if (!part.isBlank()) {
        parts.add(part);
      }
    }
    return String.join("\n", parts);
  }

  /** The same series changed. */
  OpenSeries with(Series changed) {
    return new OpenSeries(study, changed);
  }
}
