package org.loupe.sr.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;

/**
 * One patient's registered contrasts on one grid, at full resolution and uncropped.
 *
 * @param name folder name
 * @param target T2 slices
 * @param reference slices of the reference contrast; empty for none
 * @param columnSpacing pixel width, mm
 * @param rowSpacing pixel height, mm
 * @param phase axis of phase encoding
 */
public record EvalCase(
    String name,
    List<Image2> target,
    List<Image2> reference,
    double columnSpacing,
    double rowSpacing,
    PhaseAxis phase) {

  public static final String NO_REFERENCE = "none";

  public EvalCase {
    target = List.copyOf(target);
    reference = List.copyOf(reference);
  }

  /** Whether the folder holds a T2 and the reference. */
  public static boolean has(Path folder, String reference) {
    return Files.isRegularFile(file(folder, "T2"))
        && (reference.equals(NO_REFERENCE) || Files.isRegularFile(file(folder, reference)));
  }

  /**
   * Reads {@code T2.nii.gz} and the reference's file of a folder.
   *
   * @param reference file name without its ending, or {@link #NO_REFERENCE}
   * @throws IOException naming the file, where it cannot be read or is on another grid
   */
  public static EvalCase load(Path folder, String reference) throws IOException {
    NiftiImage image = read(file(folder, "T2"));
    Volume t2 = image.toVolume();
    List<Image2> guides = List.of();
    if (!reference.equals(NO_REFERENCE)) {
      Volume other = read(file(folder, reference)).toVolume();
      if (other.columns() != t2.columns()
          || other.rows() != t2.rows()
          || other.depth() != t2.depth()) {
        throw new IOException(file(folder, reference) + " is not on the grid of its T2");
      }
      guides = other.slices();
    }
    return new EvalCase(
        folder.getFileName().toString(),
        t2.slices(),
        guides,
        t2.plane(0).columnSpacing(),
        t2.plane(0).rowSpacing(),
        image.phaseOrUsual());
  }

  /** The same case with other T2 slices. */
  EvalCase withTarget(List<Image2> slices) {
    return new EvalCase(name, slices, reference, columnSpacing, rowSpacing, phase);
  }

  /** The same case with other slices of the reference. */
  EvalCase withReference(List<Image2> slices) {
    return new EvalCase(name, target, slices, columnSpacing, rowSpacing, phase);
  }

  /**
   * The same case with a reference that does not match: slice k shows what slice {@code k + slices}
   * showed (the nearest there is, beyond the stack's ends), moved to the right by {@code mm}.
   *
   * @param mm any sign; between pixels the slice is interpolated linearly, at its edges repeated
   */
  public EvalCase withReferenceMoved(double mm, int slices) {
    List<Image2> moved = new ArrayList<>();
    for (int k = 0; k < reference.size(); k++) {
      Image2 from = reference.get(Math.clamp(k + slices, 0, reference.size() - 1));
      moved.add(mm == 0 ? from : movedRight(from, mm / columnSpacing));
    }
    return withReference(moved);
  }

  private static Image2 movedRight(Image2 image, double pixels) {
    Image2 moved = new Image2(image.width(), image.height());
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        double x = Math.clamp(column - pixels, 0, image.width() - 1);
        int left = Math.min((int) x, image.width() - 2);
        float a = image.at(left, row);
        float b = image.at(left + 1, row);
        moved.values()[row * image.width() + column] = (float) (a + (b - a) * (x - left));
      }
    }
    return moved;
  }

  /** Area of a pixel, mm2. */
  double pixelArea() {
    return columnSpacing * rowSpacing;
  }

  private static Path file(Path folder, String contrast) {
    return folder.resolve(contrast + ".nii.gz");
  }

  private static NiftiImage read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " does not exist");
    }
    try {
      return NiftiReader.read(file);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
