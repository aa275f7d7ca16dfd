package org.loupe.sr.eval;

import org.loupe.image.Image2;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SuperResolver;

/** A model of ours as a method of the benchmark. */
final class LearnedMethod implements UpscaleMethod {

  /** How the model is used. */
  enum Use {
    /** As {@code sr upscale} uses it. */
    WHOLE,

    /** Without data consistency. */
    INCONSISTENT,

    /** In one orientation alone, as the window shows it. */
    ONCE
  }

  private final SuperResolver resolver;
  private final Use use;

  LearnedMethod(SuperResolver resolver, Use use) {
    this.resolver = resolver;
    this.use = use;
  }

  @Override
  public Image2 upscale(CaseSlice slice) {
    SliceInput input = input(slice);
    if (use == Use.ONCE) {
      return resolver.once(input, slice.width(), slice.height(), true);
    }
    return resolver.upscale(input, slice.width(), slice.height(), use == Use.WHOLE);
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
        slice.rowSpacing() * slice.height() / target.height());
  }

  @Override
  public void close() {
    resolver.close();
  }
}
