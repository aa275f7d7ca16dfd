package org.loupe.viewer.viewport;

import java.util.function.UnaryOperator;
import org.loupe.image.DisplayOrientation;
import org.loupe.image.Vec3;
import org.loupe.study.Series;

/**
 * A series and how it is shown. Arrays are turned, every pixel keeping its place in the patient, so
 * that marks, measurements, linked panes and super-resolution follow by themselves.
 *
 * @param source the series as it is open
 * @param look as a presentation state has it: turned, or with another grey scale
 * @param right direction in the patient that is to be to the right on the screen, unit vector; null
 *     for that of the look
 * @param down the same for down
 */
record Presented(Series source, UnaryOperator<Series> look, Vec3 right, Vec3 down) {

  /** A series as it is open. */
  static Presented asIs(Series source) {
    return new Presented(source, UnaryOperator.identity(), null, null);
  }

  /** The same series in another look, turned as that has it. */
  Presented in(UnaryOperator<Series> other) {
    return new Presented(source, other, null, null);
  }

  Presented turned(Vec3 newRight, Vec3 newDown) {
    return new Presented(source, look, newRight, newDown);
  }

  /** Another series shown in the same way. */
  Presented of(Series other) {
    return new Presented(other, look, right, down);
  }

  /**
   * Whether left and right are exchanged against the series as it is open.
   *
   * @param shown what {@link #series} gave
   */
  boolean mirrored(Series shown) {
    return source.volume().plane(0).normal().dot(shown.volume().plane(0).normal()) < 0;
  }

  /** The series that is shown. */
  Series series() {
    Series looked = look.apply(source);
    return right == null
        ? looked
        : looked.turned(DisplayOrientation.towards(looked.volume().plane(0), right, down));
  }
}
