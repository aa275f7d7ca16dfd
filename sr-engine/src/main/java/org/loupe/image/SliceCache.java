package org.loupe.image;

import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the slices that were used last, up to a number of bytes; fewer where memory is short. For
 * any number of threads.
 */
public final class SliceCache {

  private static final int PIXEL_BYTES = 4;

  private record Key(LazySlices owner, int slice) {}

  private record Kept(SoftReference<Image2> image, long bytes) {}

  private final long limit;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param limit bytes of pixels, 4 for each; the newest slice stays whatever its size
   */
  public SliceCache(long limit) {
    this.limit = limit;
  }

  /** Bytes of the pixels that are kept. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Bytes that it keeps at most. */
  public long limit() {
    return limit;
  }

  /** A slice; null where it is not kept. */
  synchronized Image2 get(LazySlices owner, int slice) {
    Kept found = kept.get(new Key(owner, slice));
    return found == null ? null : found.image.get();
  }

  synchronized void put(LazySlices owner, int slice, Image2 image) {
    long size = (long) PIXEL_BYTES * image.values().length;
    Kept old = kept.put(new Key(owner, slice), new Kept(new SoftReference<>(image), size));
    bytes += size - (old == null ? 0 : old.bytes);
    Iterator<Kept> longestUnused = kept.values().iterator();
    while (bytes > limit && kept.size() > 1) {
      bytes -= longestUnused.next().bytes;
      longestUnused.remove();
    }
  }
}
