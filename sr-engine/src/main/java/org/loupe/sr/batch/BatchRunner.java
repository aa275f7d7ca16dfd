package org.loupe.sr.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.AtomicFile;
import org.loupe.image.Contrast;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelPackage;
import org.loupe.study.Loaded;
import org.loupe.study.Pairing;
import org.loupe.study.Problem;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.study.StudyLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Super-resolves the T2 series of one study after the other. Each becomes a NIfTI file below the
 * output folder, named by hashes of the study's and the series' UIDs, with a {@link BatchRecord}
 * beside it; where record and file show that nothing would change, the series is skipped. Memory
 * holds one study as it is stored and one slice of its output.
 */
public final class BatchRunner {

  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  /** Hexadecimal digits of a hash in a file's name. */
  private static final int DIGITS = 16;

  private final SuperResolver engine;
  private final ModelPackage model;
  private final BatchOptions options;
  private final Path out;

  /**
   * @param engine with the model; stays the caller's
   * @param out folder of the outputs; made where it is missing
   */
  public BatchRunner(SuperResolver engine, ModelPackage model, BatchOptions options, Path out) {
    this.engine = engine;
    this.model = model;
    this.options = options;
    this.out = out;
  }

  /** Does one study, whose files these are; nothing of it is thrown. */
  public List<BatchReport.Item> run(List<Path> files) {
    List<BatchReport.Item> items = new ArrayList<>();
    try {
      Loaded loaded = new StudyLoader().load(files, Progress.NONE);
      String sources = Digests.of(files);
      for (Problem problem : loaded.problems()) {
        String reason = problem.source() + ": " + problem.reason();
        items.add(BatchReport.Item.failed(null, null, reason));
      }
      for (Study study : loaded.studies()) {
        run(study, sources, items);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOG.debug("study failed", e);
      items.add(BatchReport.Item.failed(null, null, Problem.reason(e)));
    }
    return items;
  }

  private void run(Study study, String sources, List<BatchReport.Item> items) {
    List<Series> targets =
        study.series().stream().filter(s -> s.contrast() == Contrast.T2).toList();
    if (targets.isEmpty()) {
      items.add(
          new BatchReport.Item(
              BatchReport.Status.LEFT_OUT,
              study.id(),
              null,
              null,
              null,
              null,
              null,
              null,
              "no series is T2"));
    }
    for (Series target : targets) {
      try {
        items.add(run(study, target, sources));
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        LOG.debug("series failed", e);
        items.add(BatchReport.Item.failed(study.id(), target.id(), Problem.reason(e)));
      }
    }
  }

  private BatchReport.Item run(Study study, Series target, String sources) throws IOException {
    long start = System.nanoTime();
    String folderName = Digests.of(study.id()).substring(0, DIGITS);
    String name = "T2-" + Digests.of(target.id()).substring(0, DIGITS);
    Path folder = Files.createDirectories(out.resolve(folderName));
    Path recordFile = folder.resolve(name + ".json");
    BatchRecord wanted =
        new BatchRecord(
            study.id(),
            target.id(),
            sources,
            options,
            model.label(),
            model.manifest().sha256(),
            SuperResolver.REVISION,
            null,
            null,
            0,
            0,
            0,
            name + ".nii.gz",
            0,
            null,
            0);
    Optional<BatchRecord> before = BatchRecord.read(recordFile);
    if (before.isPresent() && before.get().stands(folder, wanted)) {
      return item(BatchReport.Status.SKIPPED, folderName, before.get());
    }
    // A record stands for a whole output: without it a run that is stopped here starts again.
    Files.deleteIfExists(recordFile);
    Path file = folder.resolve(wanted.output());
    Series reference = options.guided() ? reference(study, target) : null;
    Output made = upscale(target, reference, file);
    NiftiWriter.Grid grid = made.grid();
    BatchRecord done =
        wanted.finished(
            engine.info().device(),
            made.guided() ? reference.contrast().name() : "none",
            grid.columns(),
            grid.rows(),
            grid.depth(),
            Files.size(file),
            Digests.of(file),
            (System.nanoTime() - start) / 1e9);
    done.write(recordFile);
    // Of processes that were killed, this one's or another's: the output is whole now.
    AtomicFile.discardUnfinished(file);
    AtomicFile.discardUnfinished(recordFile);
    return item(BatchReport.Status.WRITTEN, folderName, done);
  }

  /**
   * @param guided whether the reference guided any of the slices
   */
  private record Output(NiftiWriter.Grid grid, boolean guided) {}

  private Output upscale(Series target, Series reference, Path file) throws IOException {
    Volume volume = target.volume();
    int width = (int) Math.max(1, Math.rint(volume.columns() * options.scale()));
    int height = (int) Math.max(1, Math.rint(volume.rows() * options.scale()));
    AcquiredGrid acquired = target.acquiredGrid(options.acquiredGrid());
    double[][] affine =
        NiftiImage.resampled(
            NiftiImage.affine(volume),
            (double) volume.columns() / width,
            (double) volume.rows() / height);
    NiftiWriter.Grid grid =
        new NiftiWriter.Grid(
            width, height, volume.depth(), affine, target.niftiCode(), target.phaseAxis());
    AtomicBoolean guided = new AtomicBoolean();
    NiftiWriter.write(
        file,
        grid,
        k -> {
          Pairing.Paired paired =
              Pairing.pair(target, k, reference, options.aligned(), null, acquired);
          guided.compareAndSet(false, paired.input().reference() != null);
          return engine.upscale(paired.input(), width, height, true, options.passes());
        });
    return new Output(grid, guided.get());
  }

  /** The first guide of the study that fits the target; null where there is none. */
  private Series reference(Study study, Series target) {
    List<Series> fitting =
        study.series().stream()
            .filter(s -> options.aligned() || s.sharesFrameWith(target))
            .toList();
    return StudyLoader.firstOf(fitting, Contrast.GUIDES).orElse(null);
  }

  private static BatchReport.Item item(
      BatchReport.Status status, String folder, BatchRecord record) {
    return new BatchReport.Item(
        status,
        record.study(),
        record.series(),
        folder + "/" + record.output(),
        record.sha256(),
        record.slices(),
        record.reference(),
        record.seconds(),
        null);
  }
}
