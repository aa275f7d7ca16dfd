package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Pixel;

/**
 * A camera's way through views of one series, frame by frame. Between two views the zoom changes by
 * equal factors, eased at both ends, and the middle moves so that the way is one zoom around a
 * fixed point of the image: nothing swerves.
 *
 * @param frames the views, first and last stop included
 */
public record ZoomPath(List<ViewState> frames) {

  public ZoomPath {
    frames = List.copyOf(frames);
  }

  /**
   * The way along stops.
   *
   * @param stops one or more; their windows do not count, that of the first stays
   * @param perStretch frames from one stop to the next, 1 or more
   */
  public static ZoomPath along(List<ViewState> stops, int perStretch) {
    ViewState first = stops.get(0);
    List<ViewState> frames = new ArrayList<>();
    frames.add(first);
    for (int i = 1; i < stops.size(); i++) {
      ViewState from = stops.get(i - 1).withWindow(first.window());
      ViewState to = stops.get(i).withWindow(first.window());
      for (int k = 1; k < perStretch; k++) {
        double t = k / (double) perStretch;
        frames.add(between(from, to, t * t * (3 - 2 * t)));
      }
      frames.add(to);
    }
    return new ZoomPath(frames);
  }

  /** The view after a part of the way, 0 to 1. */
  private static ViewState between(ViewState from, ViewState to, double part) {
    double s0 = from.mmPerPixel();
    double s1 = to.mmPerPixel();
    double s = s0 * Math.pow(s1 / s0, part);
    // Around a fixed point the middle's way is proportional to the change of the pixel's size.
    double way = Math.abs(s1 - s0) > 1e-9 * s0 ? (s - s0) / (s1 - s0) : part;
    Pixel a = from.centre();
    Pixel b = to.centre();
    Pixel centre =
        new Pixel(
            a.column() + way * (b.column() - a.column()), a.row() + way * (b.row() - a.row()));
    int slice = (int) Math.round(from.slice() + part * (to.slice() - from.slice()));
    return from.withSlice(slice).withPlace(centre, s);
  }
}
