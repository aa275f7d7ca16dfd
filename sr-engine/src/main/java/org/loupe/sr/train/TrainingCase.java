package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.AcquiredGridDetector;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Statistics;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;

/**
 * One patient's registered contrasts on one grid, in native memory. Every slice is (rows, columns),
 * divided by its own {@link Statistics#normal}, which the engine does too.
 *
 * @param name folder name
 * @param target T2 slices
 * @param scale percentile of each T2 slice, in its units
 * @param references slices of the other contrasts by name (T1, FLAIR, PD, T1POST); null where a
 *     contrast does not cover the slice
 * @param labels tissue labels (0 background, 1 CSF, 2 GM, 3 WM), or empty
 * @param usable slices to train on
 * @param columnSpacing pixel width, mm
 * @param rowSpacing pixel height, mm
 * @param phase axis of phase encoding
 * @param acquired what of the T2 lattice was measured
 */
record TrainingCase(
    String name,
    List<NDArray> target,
    float[] scale,
    Map<String, List<NDArray>> references,
    List<NDArray> labels,
    List<Integer> usable,
    double columnSpacing,
    double rowSpacing,
    PhaseAxis phase,
    AcquiredGrid acquired) {

  /** Share of the T2 foreground that a reference slice must show to be used. */
  private static final double COVERAGE = 0.9;

  private static final List<String> CONTRASTS = List.of("T1", "FLAIR", "PD", "T1POST");

  /** Every folder of {@code data} with a T2 whose name does not start with {@code exclude}. */
  static List<TrainingCase> load(Path data, String exclude, NDManager manager) throws IOException {
    return load(data, name -> exclude.isEmpty() || !name.startsWith(exclude), manager);
  }

  /** Names of the folders with a T2, sorted. */
  static List<String> names(Path data) throws IOException {
    try (var entries = Files.list(data)) {
      return entries
          .filter(f -> Files.exists(f.resolve("T2.nii.gz")))
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Every folder of {@code data} with a T2 and a wanted name. */
  static List<TrainingCase> load(Path data, Predicate<String> wanted, NDManager manager)
      throws IOException {
    List<TrainingCase> cases = new ArrayList<>();
    for (String name : names(data)) {
      if (wanted.test(name)) {
        cases.add(loadCase(data.resolve(name), name, manager));
      }
    }
    if (cases.isEmpty()) {
      throw new IOException("no training case (a folder with T2.nii.gz) in " + data);
    }
    return cases;
  }

  private static TrainingCase loadCase(Path folder, String name, NDManager manager)
      throws IOException {
    NiftiImage image = NiftiReader.read(folder.resolve("T2.nii.gz"));
    Volume t2 = image.toVolume();
    float[] scale = new float[t2.depth()];
    List<NDArray> target = new ArrayList<>();
    List<Integer> usable = new ArrayList<>();
    for (int k = 0; k < t2.depth(); k++) {
      scale[k] = Statistics.normal(t2.slice(k));
      target.add(normalised(t2.slice(k), scale[k], manager));
      if (isUsable(t2.slice(k)) && isTraining(name, k)) {
        usable.add(k);
      }
    }
    Map<String, List<NDArray>> references = new LinkedHashMap<>();
    for (String contrast : CONTRASTS) {
      Path file = folder.resolve(contrast + ".nii.gz");
      if (Files.exists(file)) {
        Volume volume = volume(file);
        requireGrid(t2, volume, file);
        List<NDArray> slices = new ArrayList<>();
        for (int k = 0; k < volume.depth(); k++) {
          Image2 slice = volume.slice(k);
          slices.add(
              covers(slice, t2.slice(k))
                  ? normalised(slice, Statistics.normal(slice), manager)
                  : null);
        }
        references.put(contrast, slices);
      }
    }
    List<NDArray> labels = new ArrayList<>();
    Path labelFile = folder.resolve("labels.nii.gz");
    if (Files.exists(labelFile)) {
      Volume volume = volume(labelFile);
      requireGrid(t2, volume, labelFile);
      for (Image2 slice : volume.slices()) {
        labels.add(labelArray(slice, manager));
      }
    }
    return new TrainingCase(
        name,
        target,
        scale,
        references,
        labels,
        usable,
        t2.plane(0).columnSpacing(),
        t2.plane(0).rowSpacing(),
        image.phaseOrUsual(),
        AcquiredGridDetector.detect(t2, image.encodedMatrix()));
  }

  /** Names of the contrasts that show slice k. */
  List<String> referencesOf(int k) {
    return references.keySet().stream().filter(n -> references.get(n).get(k) != null).toList();
  }

  /** Whether the reference is there where T2 has signal: its field of view may be smaller. */
  private static boolean covers(Image2 reference, Image2 target) {
    float threshold = 0.1f * Statistics.normal(target);
    int signal = 0;
    int shown = 0;
    for (int i = 0; i < target.values().length; i++) {
      if (target.values()[i] > threshold) {
        signal++;
        shown += reference.values()[i] > 0 ? 1 : 0;
      }
    }
    return shown > COVERAGE * signal;
  }

  private static Volume volume(Path file) throws IOException {
    return NiftiReader.read(file).toVolume();
  }

  private static void requireGrid(Volume t2, Volume other, Path file) throws IOException {
    if (t2.columns() != other.columns()
        || t2.rows() != other.rows()
        || t2.depth() != other.depth()) {
      throw new IOException(file + " is not on the grid of its T2");
    }
  }

  /** As in the evaluation protocol: more than 8 % of the pixels over 8 % of the maximum. */
  private static boolean isUsable(Image2 slice) {
    float max = 0;
    for (float v : slice.values()) {
      max = Math.max(max, v);
    }
    int above = 0;
    for (float v : slice.values()) {
      above += v > 0.08f * max ? 1 : 0;
    }
    return above >= 0.08 * slice.values().length;
  }

  /** Of the thin-sliced MNI case every fourth block of 8 slices stays out, for validation. */
  private static boolean isTraining(String name, int slice) {
    return !name.startsWith("mni_") || slice / 8 % 4 != 3;
  }

  private static NDArray normalised(Image2 slice, float scale, NDManager manager) {
    float[] values = new float[slice.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = slice.values()[i] / scale;
    }
    return manager.create(values, new Shape(slice.height(), slice.width()));
  }

  /** Label 4, a lesion or a candidate, lies in white matter. */
  private static NDArray labelArray(Image2 slice, NDManager manager) {
    float[] values = new float[slice.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(3, slice.values()[i]);
    }
    return manager.create(values, new Shape(slice.height(), slice.width()));
  }
}
