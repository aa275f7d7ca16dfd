package org.loupe.viewer.viewport;

/** Hears how long a pane takes. FX thread. */
public interface PaneTimer {

  /**
   * An image was painted.
   *
   * @param start when that began, {@link System#nanoTime()}
   * @param millis how long it took, without what JavaFX does to bring it to the screen
   */
  void painted(long start, double millis);

  /**
   * Everything that the pane needs is super-resolved.
   *
   * @param millis since it was not
   */
  void resolved(double millis);
}
