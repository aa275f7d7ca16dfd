package org.loupe.sr.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiReader;

/**
 * A case with its tissue labels, all slices cropped as {@link Protocol} does.
 *
 * @param reference name of the reference contrast
 * @param data the contrasts
 * @param labels tissue labels by slice: 0 background, 1 CSF, 2 grey matter, 3 white matter
 * @param gap distance of neighbouring slices, mm
 */
public record LabelledCase(String reference, EvalCase data, List<Image2> labels, double gap) {

  static final int WHITE_MATTER = 3;

  /** References in the order in which they are taken where none is named. */
  public static final List<String> REFERENCES = List.of("PD", "T1", "FLAIR");

  /** A slice with less white matter has no room for lesions and says little of noise, mm2. */
  private static final double LEAST_WHITE_MATTER = 2000;

  private static final String LABELS = "labels.nii.gz";

  public LabelledCase {
    labels = List.copyOf(labels);
  }

  /** The first of some references that a folder has beside T2 and labels. */
  public static Optional<String> referenceOf(Path folder, List<String> references) {
    return Files.isRegularFile(folder.resolve(LABELS))
        ? references.stream().filter(r -> EvalCase.has(folder, r)).findFirst()
        : Optional.empty();
  }

  /**
   * Reads a folder with {@code T2.nii.gz}, the reference and {@code labels.nii.gz} on one grid.
   *
   * @throws IOException naming the file that cannot be read or is on another grid
   */
  public static LabelledCase load(Path folder, String reference) throws IOException {
    EvalCase whole = EvalCase.load(folder, reference);
    Path file = folder.resolve(LABELS);
    Volume labels;
    try {
      labels = NiftiReader.read(file).toVolume();
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    Image2 first = whole.target().get(0);
    if (labels.columns() != first.width()
        || labels.rows() != first.height()
        || labels.depth() != whole.target().size()) {
      throw new IOException(file + " is not on the grid of its T2");
    }
    double[] gaps = labels.gaps().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new LabelledCase(
        reference,
        whole.withTarget(cropped(whole.target())).withReference(cropped(whole.reference())),
        cropped(labels.slices()),
        gaps.length == 0 ? Double.POSITIVE_INFINITY : gaps[gaps.length / 2]);
  }

  private static List<Image2> cropped(List<Image2> slices) {
    return slices.stream().map(s -> KSpace.centreCrop(s, Protocol.BLOCK)).toList();
  }

  /** At most so many slices, evenly spread over those with white matter in both contrasts. */
  List<Integer> slices(int most) {
    List<Integer> usable = new ArrayList<>();
    for (int k : Protocol.slices(data, 0)) {
      double area = whiteMatter(data.target().get(k), k).length * data.pixelArea();
      if (area >= LEAST_WHITE_MATTER && median(data.reference().get(k), k) > 0) {
        usable.add(k);
      }
    }
    return Protocol.spread(usable, most);
  }

  /** Sorted values of an image in the white matter of slice k. */
  private float[] whiteMatter(Image2 image, int k) {
    float[] values = new float[image.values().length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (labels.get(k).values()[i] == WHITE_MATTER) {
        values[count++] = image.values()[i];
      }
    }
    values = Arrays.copyOf(values, count);
    Arrays.sort(values);
    return values;
  }

  /** Median of an image in the white matter of slice k; 0 where there is none. */
  float median(Image2 image, int k) {
    float[] values = whiteMatter(image, k);
    return values.length == 0 ? 0 : values[values.length / 2];
  }

  /** Variance of an image in the white matter of slice k. */
  double variance(Image2 image, int k) {
    float[] values = whiteMatter(image, k);
    double mean = 0;
    for (float value : values) {
      mean += (double) value / values.length;
    }
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }
}
