package org.loupe.study;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.loupe.image.Mask;

/**
 * Keeps the masks of segmentations that were used last, up to a number of bytes. For any number of
 * threads.
 */
final class MaskCache {

  /** About what a mask takes besides its values. */
  private static final long OVERHEAD = 128;

  /**
   * @param owner the segmentation
   */
  private record Key(Object owner, int frame) {}

  private final long limit;
  private final Map<Key, Mask> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param limit bytes; the newest mask stays whatever its size
   */
  MaskCache(long limit) {
    this.limit = limit;
  }

  /** Bytes of what is kept. */
  synchronized long bytes() {
    return bytes;
  }

  /** A mask; null where it is not kept. */
  synchronized Mask get(Object owner, int frame) {
    return kept.get(new Key(owner, frame));
  }

  synchronized void put(Object owner, int frame, Mask mask) {
    Mask old = kept.put(new Key(owner, frame), mask);
    bytes += size(mask) - (old == null ? 0 : size(old));
    Iterator<Mask> longestUnused = kept.values().iterator();
    while (bytes > limit && kept.size() > 1) {
      bytes -= size(longestUnused.next());
      longestUnused.remove();
    }
  }

  private static long size(Mask mask) {
    return OVERHEAD + mask.values().length;
  }
}
