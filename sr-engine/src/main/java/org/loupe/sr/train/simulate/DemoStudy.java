package org.loupe.sr.train.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.loupe.dicom.MrSeries;
import org.loupe.dicom.MrSeriesWriter;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Uids;
import org.loupe.image.Volume;

/**
 * Writes a simulated study as deflated DICOM: a folder for each series, one frame of reference,
 * every image marked DERIVED and every series SIMULATED. UIDs follow from the pixels' seed, so the
 * same study has the same files.
 */
public final class DemoStudy {

  private static final String DATE = "20260101";
  private static final String TIME = "120000";

  private DemoStudy() {}

  /**
   * Writes the study whole or not at all.
   *
   * @param folder must not exist, or be empty
   * @param seed what the study was simulated with
   */
  public static void write(Path folder, HeadSimulator.Study study, long seed) throws IOException {
    Path target = folder.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path temporary = Files.createTempDirectory(target.getParent(), ".part-");
    try {
      List<Volume> volumes = List.of(study.t1(), study.pd(), study.t2());
      for (int i = 0; i < volumes.size(); i++) {
        Acquisition a = Acquisition.ALL.get(i);
        MrSeries series = series(a, volumes.get(i), i + 1, seed);
        MrSeriesWriter.write(temporary.resolve(a.name()), series, TransferSyntax.DEFLATED_LE);
      }
      Files.deleteIfExists(target);
      Files.move(temporary, target);
    } finally {
      delete(temporary);
    }
  }

  private static MrSeries series(Acquisition a, Volume volume, int number, long seed) {
    String name = "loupe simulated study, seed " + seed + ", slices " + volume.depth();
    Sequence s = a.sequence();
    String times =
        s.inverts()
            ? "TR %.0f ms, TE %.0f ms, TI %.0f ms".formatted(s.tr(), s.te(), s.ti())
            : "TR %.0f ms, TE %.0f ms".formatted(s.tr(), s.te());
    return new MrSeries(
        volume,
        new MrSeries.Patient("Colin27^Simulated", "COLIN27-SIM", "", "M"),
        new MrSeries.StudyInfo(
            Uids.fromName(name), DATE, TIME, "SIMULATED brain, not a patient's scan"),
        new MrSeries.Identity(
            Uids.fromName(name + ", series " + number),
            number,
            a.name() + " axial SIMULATED",
            "BRAIN",
            Uids.fromName(name + ", frame of reference"),
            "Simulated from the Colin 27 average head: tissue fractions, signal equation ("
                + times
                + "), receive field, slice profile, k-space truncation, Rician noise, synthetic"
                + " lesions",
            "Loupe"),
        new MrSeries.Acquisition(
            List.of(s.inverts() ? "IR" : "SE"),
            List.of("SK"),
            s.tr(),
            s.te(),
            s.inverts() ? s.ti() : Double.NaN,
            1,
            1,
            HeadSimulator.THICKNESS,
            false),
        a.window());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
