package org.loupe.viewer.viewport;

import java.util.Map;
import java.util.WeakHashMap;
import org.loupe.image.Volume;
import org.loupe.image.Window;
import org.loupe.study.Series;

/** The window that a series is first shown with, computed once per volume. FX thread. */
final class WindowCache {

  private static final Map<Volume, Window> WINDOWS = new WeakHashMap<>();

  private WindowCache() {}

  static Window of(Series series) {
    return WINDOWS.computeIfAbsent(series.volume(), v -> Windows.TAGS.of(series));
  }
}
