package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Segmentation;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Contrast;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;
import org.loupe.sr.SliceInput;
import org.loupe.study.Loaded;
import org.loupe.study.Pairing;
import org.loupe.study.Problem;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.StudyLoader;

/**
 * What {@link UpscaleCommand} and others read. A NIfTI target keeps the array order of its file,
 * slices too.
 *
 * @param target series to super-resolve
 * @param reference guiding series; null for none
 * @param labels tissue labels; null for none
 * @param affine 4x4, array (column, row, slice) to RAS mm
 * @param affineCode NIfTI code of the affine's coordinates
 * @param columnsFirst whether the input's array order names columns before rows (NIfTI: i, j)
 * @param acquired the lattice that the target was measured on
 */
public record UpscaleInput(
    Series target,
    Series reference,
    Volume labels,
    double[][] affine,
    int affineCode,
    boolean columnsFirst,
    AcquiredGrid acquired) {

  /** What is said of the lattice that a target was measured on. */
  public enum Acquired {
    /** Found from tags and spectrum. */
    AUTO,
    /** The stored lattice. */
    OFF;

    private AcquiredGrid of(Series series) {
      return series.acquiredGrid(this == AUTO);
    }
  }

  /**
   * Reads what a command line names.
   *
   * @param reference null for none
   * @param labels null for none
   */
  public static UpscaleInput read(Path target, Path reference, Path labels, Acquired acquired)
      throws IOException {
    Series guide = reference == null ? null : guide(reference);
    Volume prior = labels == null ? null : labels(labels);
    if (isNifti(target)) {
      NiftiImage image = nifti(target);
      Series series = series(target, image);
      return new UpscaleInput(
          series,
          guide,
          prior,
          image.affine(),
          Math.max(1, image.affineCode()),
          true,
          acquired.of(series));
    }
    Series series = target(target);
    double[][] affine = NiftiImage.affine(series.volume());
    return new UpscaleInput(
        series, guide, prior, affine, series.niftiCode(), false, acquired.of(series));
  }

  private static boolean isNifti(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(path) && (name.endsWith(".nii") || name.endsWith(".nii.gz"));
  }

  private static NiftiImage nifti(Path path) throws IOException {
    requireThere(path);
    try {
      return NiftiReader.read(path);
    } catch (IOException e) {
      throw new IOException(path + ": " + Problem.reason(e), e);
    }
  }

  /** A label map: NIfTI, or the tissues of a DICOM segmentation. */
  private static Volume labels(Path path) throws IOException {
    requireThere(path);
    if (isNifti(path)) {
      return nifti(path).toVolume();
    }
    try {
      return Segmentation.readTissues(DicomReader.configured().read(Files.readAllBytes(path)))
          .labels();
    } catch (IOException e) {
      throw new IOException(path + ": " + Problem.reason(e), e);
    }
  }

  private static void requireThere(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException(path + ": no such file or folder");
    }
  }

  private static Series series(Path file, NiftiImage image) {
    Volume volume = image.toVolume();
    List<String> ids = IntStream.range(0, volume.depth()).mapToObj(k -> file + "#" + k).toList();
    return new Series(
        file.toString(),
        file.getFileName().toString(),
        Contrast.T2,
        "named as the target",
        "",
        volume,
        null,
        ids,
        image.notes(),
        image.encodedMatrix(),
        null,
        null);
  }

  /** The only series, or the T2 of several. */
  private static Series target(Path path) throws IOException {
    return choose(path, List.of(Contrast.T2));
  }

  private static Series guide(Path path) throws IOException {
    return choose(path, Contrast.GUIDES);
  }

  /** The only series of a path, or the first of several that has one of the contrasts. */
  private static Series choose(Path path, List<Contrast> contrasts) throws IOException {
    requireThere(path);
    Loaded loaded = new StudyLoader().load(List.of(path), Progress.NONE);
    List<Series> all = loaded.allSeries();
    if (all.size() == 1) {
      return all.get(0);
    }
    Optional<Series> found = StudyLoader.firstOf(all, contrasts);
    if (found.isPresent()) {
      return found.get();
    }
    if (all.isEmpty() && !loaded.problems().isEmpty()) {
      Problem problem = loaded.problems().get(0);
      throw new IOException(path + ": " + problem.source() + ": " + problem.reason());
    }
    throw new IOException("%s: none of its %d series is %s".formatted(path, all.size(), contrasts));
  }

  public int columns() {
    return target.volume().columns();
  }

  public int rows() {
    return target.volume().rows();
  }

  public int depth() {
    return target.volume().depth();
  }

  /** Naming a reference on the command line confirms that it is aligned. */
  public Pairing.Paired pair(int k) {
    return Pairing.pair(target, k, reference, true, labels, acquired);
  }

  /** A slice as {@link #pair} makes it. */
  public SliceInput slice(int k) {
    return pair(k).input();
  }
}
