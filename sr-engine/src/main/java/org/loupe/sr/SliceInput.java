package org.loupe.sr;

import java.util.Objects;
import java.util.stream.Stream;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Statistics;

/**
 * What the engine is given of one slice, on the lattice that it is stored on. Views and results are
 * tied to that lattice; the networks work on the acquired one.
 *
 * @param key identity for caches: the target's and the reference's SOP instances and the prior
 * @param target the slice to super-resolve, in the units of its series
 * @param previous neighbouring slice on the target's lattice; null at the end of the stack
 * @param next neighbouring slice on the target's lattice; null at the end of the stack
 * @param reference the guiding contrast in the target's plane; null where there is none
 * @param labels the user's label map on the target's lattice (0 background, 1 CSF, 2 GM, 3 WM), in
 *     place of the segmentation network's prior; null where there is none
 * @param columnSpacing target pixel width, mm
 * @param rowSpacing target pixel height, mm
 * @param phase axis of phase encoding; unknown where it does not matter
 * @param acquired the lattice that was measured; null where it is the target's own
 */
public record SliceInput(
    String key,
    Image2 target,
    Image2 previous,
    Image2 next,
    Reference reference,
    Image2 labels,
    double columnSpacing,
    double rowSpacing,
    PhaseAxis phase,
    AcquiredGrid acquired) {

  /** Share of the target's signal that a reference must show to be used, as in training. */
  private static final double COVERAGE = 0.9;

  /** Pixels above this share of the target's normal value have signal. */
  private static final float SIGNAL = 0.1f;

  /** A slice that was measured on its own lattice, along axes that are not known. */
  public SliceInput(
      String key,
      Image2 target,
      Image2 previous,
      Image2 next,
      Reference reference,
      Image2 labels,
      double columnSpacing,
      double rowSpacing) {
    this(
        key,
        target,
        previous,
        next,
        reference,
        labels,
        columnSpacing,
        rowSpacing,
        PhaseAxis.UNKNOWN,
        null);
  }

  /**
   * Whether the reference is there where the target has signal: outside its field of view it is 0,
   * which a network trained on references that cover the slice would take for anatomy. True without
   * a reference. {@link SuperResolver#prepare} leaves out one that does not cover.
   */
  public boolean covered() {
    if (reference == null) {
      return true;
    }
    Image2 guide = reference.image();
    float threshold = SIGNAL * Statistics.normal(target);
    int signal = 0;
    int shown = 0;
    for (int row = 0; row < target.height(); row++) {
      int y = (int) Math.min(guide.height() - 1, Math.rint(row / reference.rowRatio()));
      for (int column = 0; column < target.width(); column++) {
        if (target.at(column, row) > threshold) {
          int x = (int) Math.min(guide.width() - 1, Math.rint(column / reference.columnRatio()));
          signal++;
          shown += guide.at(x, y) > 0 ? 1 : 0;
        }
      }
    }
    return shown > COVERAGE * signal;
  }

  /**
   * The same slice with another reference.
   *
   * @param guide null for none
   * @param otherKey its identity then
   */
  public SliceInput guidedBy(Reference guide, String otherKey) {
    return new SliceInput(
        otherKey,
        target,
        previous,
        next,
        guide,
        labels,
        columnSpacing,
        rowSpacing,
        phase,
        acquired);
  }

  /** The same slice on its own. */
  public SliceInput withoutReference() {
    return guidedBy(null, key);
  }

  /**
   * The slice cropped in k-space to what was measured: target, neighbours and labels on the
   * acquired lattice, the reference as it is. First sample centres stay where they are.
   */
  public SliceInput onAcquiredGrid() {
    if (acquired == null || acquired.isStored()) {
      return this;
    }
    double across = acquired.columnShare();
    double down = acquired.rowShare();
    return new SliceInput(
        key,
        crop(target),
        crop(previous),
        crop(next),
        reference == null
            ? null
            : new Reference(
                reference.image(), reference.columnRatio() * across, reference.rowRatio() * down),
        labels == null ? null : acquiredLabels(),
        columnSpacing / across,
        rowSpacing / down,
        phase,
        null);
  }

  /** The same slice with rows for columns. */
  SliceInput transposed() {
    return new SliceInput(
        key,
        transposed(target),
        transposed(previous),
        transposed(next),
        reference == null
            ? null
            : new Reference(
                transposed(reference.image()), reference.rowRatio(), reference.columnRatio()),
        transposed(labels),
        rowSpacing,
        columnSpacing,
        phase.transposed(),
        acquired == null ? null : acquired.transposed());
  }

  private static Image2 transposed(Image2 image) {
    return image == null ? null : image.transposed();
  }

  private Image2 crop(Image2 slice) {
    return slice == null ? null : acquired.crop(finite(slice));
  }

  /** The image with 0 for pixels that are not finite, which a transform would spread. */
  static Image2 finite(Image2 image) {
    float[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isFinite(values[i]) ? values[i] : 0;
    }
    return new Image2(values, image.width(), image.height());
  }

  /** The label nearest to each acquired pixel. */
  private Image2 acquiredLabels() {
    Image2 image = new Image2(acquired.columns(), acquired.rows());
    for (int row = 0; row < image.height(); row++) {
      int y = (int) Math.min(labels.height() - 1, Math.rint(row / acquired.rowShare()));
      for (int column = 0; column < image.width(); column++) {
        int x = (int) Math.min(labels.width() - 1, Math.rint(column / acquired.columnShare()));
        image.values()[row * image.width() + column] = labels.at(x, y);
      }
    }
    return image;
  }

  /** Memory of its images, in bytes. */
  long bytes() {
    Image2 guide = reference == null ? null : reference.image();
    return Stream.of(target, previous, next, labels, guide)
        .filter(Objects::nonNull)
        .mapToLong(image -> 4L * image.values().length)
        .sum();
  }

  /**
   * A reference image resampled into the target slice's plane at its own resolution. Its pixel (c,
   * r) lies at target lattice position (c * columnRatio, r * rowRatio): first centres coincide.
   *
   * @param columnRatio reference pixel width over target pixel width
   * @param rowRatio reference pixel height over target pixel height
   */
  public record Reference(Image2 image, double columnRatio, double rowRatio) {}
}
