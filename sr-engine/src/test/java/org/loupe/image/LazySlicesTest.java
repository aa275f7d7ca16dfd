package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LazySlicesTest {

  private static final int PIXELS = 8 * 8;

  private final List<Integer> made = new ArrayList<>();
  private final SliceCache cache = new SliceCache(4L * PIXELS * 3);

  private LazySlices slices(int count) {
    return new LazySlices(
        IntStream.range(0, count)
            .<Supplier<Image2>>mapToObj(
                k ->
                    () -> {
                      made.add(k);
                      return new Image2(8, 8);
                    })
            .toList(),
        cache);
  }

  @Test
  void keepsTheSlicesThatWereUsedLast() {
    LazySlices slices = slices(10);
    Image2 first = slices.get(0);
    slices.get(1);
    slices.get(2);
    assertSame(first, slices.get(0));
    slices.get(3); // the second was used longest ago
    slices.get(1);
    assertSame(first, slices.get(0));
    assertEquals(List.of(0, 1, 2, 3, 1), made);
  }

  @Test
  void holdsNoMoreThanItsLimitHoweverManyAreUsed() {
    LazySlices one = slices(100);
    LazySlices other = slices(50);
    for (int k = 0; k < 50; k++) {
      one.get(2 * k);
      other.get(k);
      assertEquals(4L * PIXELS * Math.min(3, 2 * (k + 1)), cache.bytes());
    }
  }

  @Test
  void keepsTurnedSlicesOnce() {
    LazySlices turned = slices(2).changed(new int[] {1, 0}, image -> new Image2(8, 8));
    turned.get(0);
    turned.get(0);
    assertEquals(List.of(1), made);
    assertEquals(4L * PIXELS, cache.bytes());
  }
}
