package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.image.Image2;
import org.loupe.sr.View;

/** The super-resolved tiles of one lattice that have arrived; later ones lie over earlier ones. */
final class TileSet {

  private static final long FADE_NANOS = 150_000_000L;

  /**
   * @param born when it first arrived, {@link System#nanoTime()}; 0 to be shown at once
   */
  record Arrived(Image2 values, Image2 expectedError, long born) {}

  private final Map<View, Arrived> tiles;

  TileSet() {
    tiles = new LinkedHashMap<>();
  }

  private TileSet(Map<View, Arrived> tiles) {
    this.tiles = new LinkedHashMap<>(tiles);
  }

  TileSet copy() {
    return new TileSet(tiles);
  }

  Map<View, Arrived> all() {
    return tiles;
  }

  void clear() {
    tiles.clear();
  }

  /** Drops what does not touch a view. */
  void keep(View view) {
    tiles.keySet().removeIf(area -> overlap(area, view) == 0);
  }

  /**
   * Takes a tile.
   *
   * @param born as in {@link Arrived}; a tile that was there already does not fade in again
   */
  void put(View area, Image2 values, Image2 expectedError, long born) {
    boolean known = tiles.remove(area) != null;
    tiles.put(area, new Arrived(values, expectedError, known ? 0 : born));
  }

  /** Whether a tile is still fading in. */
  boolean fading(long now) {
    for (Arrived a : tiles.values()) {
      if (opacity(a, now) < 1) {
        return true;
      }
    }
    return false;
  }

  /** The tiles as they are at a moment of {@link System#nanoTime()}. */
  List<Patch> patches(long now) {
    List<Patch> out = new ArrayList<>(tiles.size());
    tiles.forEach(
        (area, a) -> out.add(new Patch(area, a.values(), a.expectedError(), opacity(a, now))));
    return out;
  }

  private static float opacity(Arrived a, long now) {
    return a.born() == 0 ? 1 : Math.clamp((now - a.born()) / (float) FADE_NANOS, 0f, 1f);
  }

  /** The value, or expected error, of an output pixel of the lattice; NaN where there is none. */
  float at(int x, int y, boolean error) {
    for (Map.Entry<View, Arrived> e : tiles.entrySet()) {
      View t = e.getKey();
      int c = x - t.x();
      int r = y - t.y();
      if (c >= 0 && c < t.width() && r >= 0 && r < t.height()) {
        Arrived a = e.getValue();
        return (error ? a.expectedError() : a.values()).at(c, r);
      }
    }
    return Float.NaN;
  }

  /** The part of a view that is there, 0 to 1. */
  double covered(View view) {
    long sum = 0;
    for (View area : tiles.keySet()) {
      sum += overlap(area, view);
    }
    return Math.min(1, sum / ((double) view.width() * view.height()));
  }

  /** Whether one view of a lattice holds another one. */
  static boolean contains(View outer, View inner) {
    return overlap(outer, inner) == (long) inner.width() * inner.height();
  }

  /** Pixels that two views of one lattice share. */
  private static long overlap(View a, View b) {
    long w = Math.min(a.x() + a.width(), b.x() + b.width()) - (long) Math.max(a.x(), b.x());
    long h = Math.min(a.y() + a.height(), b.y() + b.height()) - (long) Math.max(a.y(), b.y());
    return w > 0 && h > 0 ? w * h : 0;
  }
}
