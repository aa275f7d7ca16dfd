package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.image.AcquiredGrid;

/**
 * A case as a scanner would have stored it that measures as finely along both axes of a slice and
 * fills nothing with zeros: its k-space cropped to square pixels of the coarser of the two measured
 * widths. A network that sees none of these learns that slices hold little detail along the axis of
 * phase encoding, which is true of what the training's scanners stored, and of little else.
 */
final class EvenBands {

  /** Axes that lose less are left alone. */
  private static final double WORTH_IT = 0.95;

  private final AxisMatrices matrices;
  private final NDManager manager;

  EvenBands(NDManager manager) {
    this.manager = manager;
    matrices = new AxisMatrices(manager);
  }

  /** The case without labels; empty where it is even as it is stored. */
  Optional<TrainingCase> of(TrainingCase c) {
    AcquiredGrid grid = c.acquired();
    double pixel =
        Math.max(c.columnSpacing() / grid.columnShare(), c.rowSpacing() / grid.rowShare());
    double across = c.columnSpacing() / pixel;
    double down = c.rowSpacing() / pixel;
    if (Math.min(across, down) > WORTH_IT) {
      return Optional.empty();
    }
    int columns = (int) Math.rint(across * grid.storedColumns());
    int rows = (int) Math.rint(down * grid.storedRows());
    Map<String, List<NDArray>> references = new LinkedHashMap<>();
    c.references().forEach((name, slices) -> references.put(name, crop(slices, rows, columns)));
    return Optional.of(
        new TrainingCase(
            c.name(),
            crop(c.target(), rows, columns),
            c.scale(),
            references,
            List.of(),
            c.usable(),
            pixel,
            pixel,
            c.phase(),
            new AcquiredGrid(columns, rows, columns, rows, "cropped to it")));
  }

  private List<NDArray> crop(List<NDArray> slices, int rows, int columns) {
    List<NDArray> cropped = new ArrayList<>();
    for (NDArray slice : slices) {
      cropped.add(
          slice == null ? null : matrices.resampled(slice, rows, columns, rows, columns, manager));
    }
    return cropped;
  }
}
