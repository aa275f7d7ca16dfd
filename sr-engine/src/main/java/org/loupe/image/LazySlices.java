package org.loupe.image;

import java.lang.ref.SoftReference;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Slices that are made when they are asked for and let go when memory is short: what a series too
 * large for memory consists of. Any thread may ask; two that ask at once may both make a slice.
 */
public final class LazySlices extends AbstractList<Image2> implements RandomAccess {

  private final List<Supplier<Image2>> sources;
  private final AtomicReferenceArray<SoftReference<Image2>> made;

  /** Slices by what makes them; each must give the same image every time. */
  public LazySlices(List<Supplier<Image2>> sources) {
    this.sources = List.copyOf(sources);
    this.made = new AtomicReferenceArray<>(sources.size());
  }

  @Override
  public Image2 get(int k) {
    SoftReference<Image2> known = made.get(k);
    Image2 image = known == null ? null : known.get();
    if (image == null) {
      image = sources.get(k).get();
      made.set(k, new SoftReference<>(image));
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

  /** These slices in another order, each changed when it is asked for. */
  LazySlices changed(int[] order, UnaryOperator<Image2> change) {
    return new LazySlices(
        IntStream.of(order).<Supplier<Image2>>mapToObj(k -> () -> change.apply(get(k))).toList());
  }
}
