package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteLruTest {

  private final List<String> disposed = new ArrayList<>();
  private final ByteLru<Integer, String> cache = new ByteLru<>(10, String::length, disposed::add);

  @Test
  void dropsWhatWasUsedLongestAgo() {
    cache.put(1, "aaaa");
    cache.put(2, "bbbb");
    assertEquals("aaaa", cache.get(1));
    cache.put(3, "cccc");
    assertEquals(List.of("bbbb"), disposed);
    assertNull(cache.get(2));
    assertEquals("aaaa", cache.get(1));
    assertEquals(8, cache.bytes());
  }

  @Test
  void keepsTheNewestEvenWhereItIsOverTheLimit() {
    cache.put(1, "aaaa");
    cache.put(2, "bbbbbbbbbbbb");
    assertEquals(List.of("aaaa"), disposed);
    assertEquals("bbbbbbbbbbbb", cache.get(2));
    assertEquals(12, cache.bytes());
  }

  @Test
  void disposesOfWhatIsReplaced() {
    cache.put(1, "aaaa");
    cache.put(1, "dd");
    assertEquals(List.of("aaaa"), disposed);
    assertEquals(2, cache.bytes());
  }

  @Test
  void clearDisposesOfAll() {
    cache.put(1, "aaaa");
    cache.put(2, "bb");
    cache.clear();
    assertEquals(List.of("aaaa", "bb"), disposed);
    assertEquals(0, cache.bytes());
    assertNull(cache.get(1));
  }
}
