package org.loupe.sr;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A cache limited in bytes that drops what was used longest ago, and disposes of it at once: native
 * memory must not wait for a collector. The newest entry stays even where it alone is over the
 * limit. For one thread.
 */
public final class ByteLru<K, V> {

  private final long limit;
  private final ToLongFunction<V> size;
  private final Consumer<V> dispose;
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param limit bytes
   * @param size of a value, bytes
   * @param dispose called for each value that is dropped
   */
  public ByteLru(long limit, ToLongFunction<V> size, Consumer<V> dispose) {
    this.limit = limit;
    this.size = size;
    this.dispose = dispose;
  }

  /** What is kept; null where nothing is. */
  public V get(K key) {
    return entries.get(key);
  }

  /** Keeps a value in place of an older one of the key. */
  public void put(K key, V value) {
    V old = entries.put(key, value);
    if (old != null) {
      drop(old);
    }
    bytes += size.applyAsLong(value);
    Iterator<Map.Entry<K, V>> oldest = entries.entrySet().iterator();
    while (bytes > limit && entries.size() > 1) {
      V victim = oldest.next().getValue();
      oldest.remove();
      drop(victim);
    }
  }

  private void drop(V value) {
    bytes -= size.applyAsLong(value);
    dispose.accept(value);
  }

  /** Bytes of all that is kept. */
  public long bytes() {
    return bytes;
  }

  /** Drops everything. */
  public void clear() {
    entries.values().forEach(dispose);
    entries.clear();
    bytes = 0;
  }
}
