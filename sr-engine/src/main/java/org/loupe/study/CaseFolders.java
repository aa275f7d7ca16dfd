package org.loupe.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.PlaneResampler;
import org.loupe.image.Samples;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;

/**
 * Writes studies as the case folders that training and the benchmark read: {@code T2.nii.gz} and,
 * on its grid, the other contrasts of its frame of reference. Folders are numbered by patient and
 * study; names and identities of patients are not written.
 */
public final class CaseFolders {

  private CaseFolders() {}

  /**
   * Writes every study that has a T2 and another contrast.
   *
   * @param log told of each study what was written, or why nothing was
   * @return the number of cases
   */
  public static int write(List<Study> studies, Path out, Consumer<String> log) throws IOException {
    Map<String, List<Study>> patients = new LinkedHashMap<>();
    for (Study study : studies) {
      String patient = study.patient().isBlank() ? study.id() : study.patient();
      patients.computeIfAbsent(patient, p -> new ArrayList<>()).add(study);
    }
    int written = 0;
    int number = 0;
    for (List<Study> ofPatient : patients.values()) {
      number++;
      for (int i = 0; i < ofPatient.size(); i++) {
        String name = "patient%03d_study%d".formatted(number, i + 1);
        written += write(ofPatient.get(i), out.resolve(name), name, log) ? 1 : 0;
      }
    }
    return written;
  }

  private static boolean write(Study study, Path folder, String name, Consumer<String> log)
      throws IOException {
    Optional<Series> target = StudyLoader.ofContrast(study.series(), Contrast.T2);
    if (target.isEmpty()) {
      log.accept(name + ": left out, no series is T2");
      return false;
    }
    Map<Contrast, Volume> references = new LinkedHashMap<>();
    for (Contrast contrast : List.of(Contrast.T1, Contrast.PD, Contrast.FLAIR)) {
      List<Series> paired =
          study.series().stream().filter(s -> s.sharesFrameWith(target.get())).toList();
      StudyLoader.ofContrast(paired, contrast)
          .ifPresent(s -> references.put(contrast, onGrid(s.volume(), target.get().volume())));
    }
    if (references.isEmpty()) {
      log.accept(name + ": left out, no T1, PD or FLAIR in the T2's frame of reference");
      return false;
    }
    Files.createDirectories(folder);
    Volume t2 = target.get().volume();
    NiftiWriter.write(
        folder.resolve("T2.nii.gz"),
        NiftiImage.of(t2, target.get().niftiCode()).withPhase(target.get().phaseAxis()));
    for (Map.Entry<Contrast, Volume> reference : references.entrySet()) {
      Path file = folder.resolve(reference.getKey().name() + ".nii.gz");
      NiftiWriter.write(file, NiftiImage.of(reference.getValue(), target.get().niftiCode()));
    }
    log.accept(
        "%s: T2 %d x %d x %d, %s"
            .formatted(name, t2.columns(), t2.rows(), t2.depth(), references.keySet()));
    return true;
  }

  /** A volume on the grid of another one, filtered where that is coarser; 0 outside its field. */
  static Volume onGrid(Volume source, Volume grid) {
    List<Image2> slices = new ArrayList<>();
    for (SlicePlane plane : grid.planes()) {
      PlaneResampler.Resliced cut = PlaneResampler.toPlane(source, plane);
      Image2 image = cut.image();
      boolean same = cut.columnRatio() == 1 && cut.rowRatio() == 1;
      slices.add(
          same
              ? image
              : Interpolation.BICUBIC.resample(
                  image,
                  new Samples(0, 1 / cut.columnRatio(), plane.columns()),
                  new Samples(0, 1 / cut.rowRatio(), plane.rows())));
    }
    return new Volume(grid.planes(), slices);
  }
}
