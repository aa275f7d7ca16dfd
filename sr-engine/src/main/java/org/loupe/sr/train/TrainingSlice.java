package org.loupe.sr.train;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** A slice of a case that is trained on. */
record TrainingSlice(TrainingCase of, int index) {

  /** The usable slices of cases. */
  static List<TrainingSlice> of(List<TrainingCase> cases) {
    return cases.stream()
        .flatMap(c -> c.usable().stream().map(k -> new TrainingSlice(c, k)))
        .toList();
  }

  /** The shorter side, pixels. */
  long side() {
    Shape shape = of.target().get(index).getShape();
    return Math.min(shape.get(0), shape.get(1));
  }
}
