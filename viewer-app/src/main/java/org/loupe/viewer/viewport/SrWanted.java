package org.loupe.viewer.viewport;

import java.util.function.Supplier;
import org.loupe.sr.SliceInput;
import org.loupe.sr.View;

/**
 * What a pane wants super-resolved.
 *
 * @param sliceKey identity of model, slice, reference and prior
 * @param input the slice's pixels, computed when needed, on the inference thread
 * @param view the visible output pixels that lie on the slice
 * @param focusX where the user looks, pixels of the view
 * @param focusY where the user looks, pixels of the view
 * @param active whether the user works in this pane
 */
record SrWanted(
    String sliceKey,
    Supplier<SliceInput> input,
    View view,
    double focusX,
    double focusY,
    boolean active) {

  /** What tiles must share to be shown together. */
  record Lattice(String sliceKey, double columnStep, double rowStep) {}

  Lattice lattice() {
    return new Lattice(sliceKey, view.columnStep(), view.rowStep());
  }
}
