package org.loupe.sr.eval;

import org.loupe.image.Image2;

/** A way to compute a slice on the HR grid, as the benchmark compares them. Used by one thread. */
public interface UpscaleMethod extends AutoCloseable {

  /**
   * The slice at {@link CaseSlice#width} by {@link CaseSlice#height} pixels, in the units of {@link
   * CaseSlice#target}.
   */
  Image2 upscale(CaseSlice slice);

  /** Frees what the method holds. */
  @Override
  default void close() {}
}
