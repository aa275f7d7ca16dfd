package org.loupe.viewer.viewport;

import java.util.function.Supplier;
import org.loupe.image.AcquiredGrid;
import org.loupe.sr.SliceInput;
import org.loupe.study.Series;

/** Tells a pane what the engine would be given of a slice. FX thread. */
public interface SrSubjects {

  /**
   * What super-resolving a slice means.
   *
   * @param key identity of slice and reference; empty when the series is not super-resolved
   * @param input the slice's pixels, computed when called; null when not super-resolved
   * @param reference the guiding series; null without one
   * @param reason why there is no reference or no super-resolution; empty otherwise
   * @param unconfirmed a series that could guide if the user confirms that it lies in the same
   *     frame of reference; null when there is none
   * @param acquired the lattice that the series was measured on; null until it is known
   * @param labels the opened segmentation whose tissues are the prior; empty for the network's own
   */
  record Subject(
      String key,
      Supplier<SliceInput> input,
      Series reference,
      String reason,
      Series unconfirmed,
      AcquiredGrid acquired,
      String labels) {

    /** A series that is not super-resolved, and why. */
    public static Subject none(String reason) {
      return new Subject("", null, null, reason, null, null, "");
    }

    public boolean allowed() {
      return input != null;
    }
  }

  Subject subject(Series target, int slice);

  /**
   * The other contrast of a comparison: a chosen series, where it is open and known to lie in the
   * frame of reference of what is shown, else what guides the slice.
   *
   * @param subject of the shown slice
   * @param chosen id of the series that the user chose; empty for none
   * @return null where there is neither
   */
  Series other(Series shown, Subject subject, String chosen);

  /** Takes the user's word that two series lie in one frame of reference. */
  void confirmPair(Series target, Series reference);
}
