package org.loupe.viewer;

import java.util.stream.Collectors;
import org.loupe.dicom.StoredView;
import org.loupe.image.DisplayOrientation;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.VoiCurve;
import org.loupe.study.Series;

/**
 * How a series looks in a presentation state: its array turned so that the screen's axes are those
 * of the state, and its grey scale. Marks, measurements and linked panes go by the patient's
 * coordinates, which stay.
 *
 * @param right direction in the patient that is to the right on the screen, unit vector
 * @param down direction in the patient that is down on the screen, unit vector
 * @param grey whether the state has a grey scale of its own
 * @param curve how grey rises within the state's window; null for in a straight line
 */
record StoredLook(Vec3 right, Vec3 down, boolean grey, VoiCurve curve) {

  /**
   * @param own lattice of the image as it is stored, which the state is of
   */
  static StoredLook of(StoredView view, SlicePlane own) {
    return new StoredLook(
        view.turn().right(own),
        view.turn().down(own),
        view.voi() != null,
        view.voi() == null ? null : view.voi().curve());
  }

  /** The series in this look. */
  Series of(Series series) {
    Series turned =
        series.turned(DisplayOrientation.towards(series.volume().plane(0), right, down));
    return grey ? turned.withCurve(curve) : turned;
  }

  /** In words what of a state is not shown; empty where all is. */
  static String unshown(StoredView view) {
    return view.unread().isEmpty()
        ? ""
        : Texts.of(
            "views.unshown",
            view.unread().stream()
                .sorted()
                .map(part -> Texts.of("views.part." + part))
                .collect(Collectors.joining(", ")));
  }
}
