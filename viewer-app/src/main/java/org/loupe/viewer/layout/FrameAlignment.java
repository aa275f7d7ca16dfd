package org.loupe.viewer.layout;

import java.util.Optional;
import java.util.function.BiPredicate;
import org.loupe.image.RigidTransform;
import org.loupe.study.Series;

/** How a place in one series is found in another one. */
@FunctionalInterface
public interface FrameAlignment {

  /**
   * From one series' patient coordinates to another's.
   *
   * @return {@link RigidTransform#IDENTITY} where they are the same; nothing where the two have
   *     nothing to do with each other
   */
  Optional<RigidTransform> between(Series from, Series to);

  /**
   * Places are the same where two series lie in one frame of reference, and unknown elsewhere.
   *
   * @param paired whether two series lie in one
   */
  static FrameAlignment of(BiPredicate<Series, Series> paired) {
    return (from, to) ->
        paired.test(from, to) ? Optional.of(RigidTransform.IDENTITY) : Optional.empty();
  }
}
