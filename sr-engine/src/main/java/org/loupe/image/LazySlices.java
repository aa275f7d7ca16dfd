package org.loupe.image;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Slices that are made when they are asked for and let go when others were used since: what a
 * series too large for memory consists of. Any thread may ask; two that ask at once may both make a
 * slice.
 */
public final class LazySlices extends AbstractList<Image2> implements RandomAccess {

  private final List<Supplier<Image2>> sources;
  private final SliceCache cache;

  /**
   * Slices by what makes them; each must give the same image every time.
   *
   * @param cache keeps what was made, shared by the series that are open
   */
  public LazySlices(List<Supplier<Image2>> sources, SliceCache cache) {
    this.sources = List.copyOf(sources);
    this.cache = cache;
  }

  @Override
  public Image2 get(int k) {
    Image2 image = cache.get(this, k);
    if (image == null) {
      image = sources.get(k).get();
      cache.put(this, k, image);
    }
    return image;
  }

  @Override
  public int size() {
    return sources.size();
  }

  /** Only itself: comparing pixels would read them all. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** These slices in another order, each changed when it is asked for; only the changed is kept. */
  LazySlices changed(int[] order, UnaryOperator<Image2> change) {
    return new LazySlices(
        IntStream.of(order)
            .<Supplier<Image2>>mapToObj(k -> () -> change.apply(sources.get(k).get()))
            .toList(),
        cache);
  }
}
