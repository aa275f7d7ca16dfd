package org.loupe.sr.eval;

import org.loupe.image.Image2;
import org.loupe.sr.Passes;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SuperResolver;

/** A model of ours as a method of the benchmark. */
final class LearnedMethod implements UpscaleMethod {

  private final SuperResolver resolver;
  private final boolean consistency;
  private final Passes passes;

  /**
   * @param consistency whether the measured k-space is put back
   */
  LearnedMethod(SuperResolver resolver, boolean consistency, Passes passes) {
    this.resolver = resolver;
    this.consistency = consistency;
    this.passes = passes;
  }

  @Override
  public Image2 upscale(CaseSlice slice) {
    return resolver.upscale(input(slice), slice.width(), slice.height(), consistency, passes);
  }

  static SliceInput input(CaseSlice slice) {
    Image2 target = slice.target();
    Image2 reference = slice.reference();
    return new SliceInput(
        "benchmark",
        target,
        slice.previous(),
        slice.next(),
        reference == null
            ? null
            : new SliceInput.Reference(
                reference,
                (double) target.width() / reference.width(),
                (double) target.height() / reference.height()),
        null,
        slice.columnSpacing() * slice.width() / target.width(),
        slice.rowSpacing() * slice.height() / target.height(),
        slice.phase(),
        null);
  }

  @Override
  public void close() {
    resolver.close();
  }
}
