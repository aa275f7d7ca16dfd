package org.loupe.viewer.viewport;

import org.loupe.sr.View;

/** The last complete view of a slice, resampled to whatever view it stands in for. FX thread. */
final class Carried {

  /** Null for none. */
  private Assembled view;

  /** It on the lattice of {@link #onto}. */
  private Patch patch;

  private View onto;

  void clear() {
    view = null;
  }

  /** Takes a newer view; null changes nothing. */
  void set(Assembled next) {
    if (next != null) {
      view = next;
      onto = null;
    }
  }

  boolean isEmpty() {
    return view == null;
  }

  /**
   * What of an area lies in it; null where nothing does.
   *
   * @param errors whether its expected error is needed
   */
  Patch patch(View area, boolean errors) {
    if (view == null) {
      return null;
    }
    boolean stale = !area.equals(onto);
    boolean lacking = errors && patch != null && patch.expectedError() == null;
    if (stale || lacking) {
      onto = area;
      patch = view.onto(area, errors, patch);
    }
    return patch;
  }
}
