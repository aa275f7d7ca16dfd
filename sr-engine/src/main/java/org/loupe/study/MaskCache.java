package org.loupe.study;

import org.loupe.image.Mask;
import org.loupe.sr.ByteLru;

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

  private final ByteLru<Key, Mask> kept;

  /**
   * @param limit bytes; the newest mask stays whatever its size
   */
  MaskCache(long limit) {
    kept = new ByteLru<>(limit, MaskCache::size, mask -> {});
  }

  /** Bytes of what is kept. */
  synchronized long bytes() {
    return kept.bytes();
  }

  /** A mask; null where it is not kept. */
  synchronized Mask get(Object owner, int frame) {
    return kept.get(new Key(owner, frame));
  }

  synchronized void put(Object owner, int frame, Mask mask) {
    kept.put(new Key(owner, frame), mask);
  }

  private static long size(Mask mask) {
    return OVERHEAD + mask.values().length;
  }
}
