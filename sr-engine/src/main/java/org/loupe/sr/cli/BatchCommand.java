package org.loupe.sr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.loupe.sr.Passes;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.batch.BatchExecutor;
import org.loupe.sr.batch.BatchJob;
import org.loupe.sr.batch.BatchOptions;
import org.loupe.sr.batch.BatchReport;
import org.loupe.sr.batch.LocalBatch;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import org.loupe.study.Problem;
import org.loupe.study.StudyFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sr batch}: super-resolves the T2 series of whole archives. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description =
        "Super-resolve every T2 series of studies (DICOM, NIfTI, zip) into NIfTI files below --out."
            + " A run that was stopped goes on where it was; finished outputs are checked by their"
            + " hashes and skipped.")
public final class BatchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "STUDIES", description = "folders, files, zip archives")
  private List<Path> paths;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of outputs")
  private Path out;

  @Option(
      names = "--scale",
      paramLabel = "S",
      defaultValue = "2",
      description = "factor, above 1 to 16 (${DEFAULT-VALUE})")
  private double scale;

  @Option(names = "--unguided", description = "from T2 alone, without PD, T1 or FLAIR")
  private boolean unguided;

  @Option(
      names = "--aligned",
      description =
          "the series of a study fit each other, whatever their frames of reference say (NIfTI"
              + " files of one folder, for example)")
  private boolean aligned;

  @Option(
      names = "--acquired-grid",
      paramLabel = "auto|off",
      defaultValue = "AUTO",
      description = "as in sr upscale (${DEFAULT-VALUE})")
  private UpscaleInput.Acquired acquired;

  @Option(
      names = "--passes",
      paramLabel = "one|mirrored",
      defaultValue = "MIRRORED",
      description = "as in sr upscale (${DEFAULT-VALUE})")
  private Passes passes;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "what became of each series (default: report.json in --out)")
  private Path report;

  @Mixin private EngineOptions engine;

  private final BatchExecutor executor;

  public BatchCommand() {
    this(new LocalBatch());
  }

  /**
   * @param executor does the studies
   */
  public BatchCommand(BatchExecutor executor) {
    this.executor = executor;
  }

  @Override
  public Integer call() throws IOException {
    if (!(scale > 1 && scale <= SuperResolver.MAX_FACTOR)) {
      throw checks().wrong("--scale: %s is not above 1 and at most 16".formatted(scale));
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw checks().wrong("--out: " + out + " is not a folder");
    }
    Path results = out.toAbsolutePath().normalize();
    for (Path path : paths) {
      if (path.toAbsolutePath().normalize().startsWith(results)) {
        throw checks().wrong("--out: %s holds %s, whose results it would be".formatted(out, path));
      }
    }
    checks().isWritable("--report", report);
    long start = System.nanoTime();
    StudyFiles archive = StudyFiles.in(paths, results);
    if (archive.studies().isEmpty()) {
      String why =
          archive.problems().isEmpty()
              ? "no images"
              : archive.problems().get(0).source() + ": " + archive.problems().get(0).reason();
      throw new IOException("nothing to super-resolve: " + why);
    }
    Files.createDirectories(out);
    ModelPackage model = ModelRegistry.standard().find(engine.model());
    BatchOptions options =
        new BatchOptions(scale, !unguided, aligned, acquired == UpscaleInput.Acquired.AUTO, passes);
    List<BatchReport.Item> items = new ArrayList<>();
    for (Problem problem : archive.problems()) {
      items.add(BatchReport.Item.failed(null, null, problem.source() + ": " + problem.reason()));
    }
    PrintWriter log = spec.commandLine().getOut();
    int count = archive.studies().size();
    SortedMap<Integer, List<BatchReport.Item>> done = new TreeMap<>();
    executor.run(
        BatchJob.of(engine.model(), model, engine.device(), options, out),
        archive.studies(),
        (study, made) -> {
          done.put(study, made);
          for (BatchReport.Item item : made) {
            log.printf("%d/%d %s%n", done.size(), count, line(item));
            log.flush();
          }
        });
    done.values().forEach(items::addAll);
    BatchReport all =
        BatchReport.of(model.label(), options, count, (System.nanoTime() - start) / 1e9, items);
    Path file = report == null ? out.resolve("report.json") : report;
    all.write(file);
    log.printf(
        "%d written, %d already there, %d left out, %d failed%n",
        all.written(), all.skipped(), all.leftOut(), all.failed());
    log.flush();
    if (all.failed() > 0) {
      throw new IOException(
          "%d of %d items failed; %s says why".formatted(all.failed(), items.size(), file));
    }
    return ExitStatus.DONE;
  }

  private static String line(BatchReport.Item item) {
    return switch (item.status()) {
      case WRITTEN ->
          "written %s, %d slices, reference %s, %.1f s"
              .formatted(item.output(), item.slices(), item.reference(), item.seconds());
      case SKIPPED -> "already there: " + item.output();
      case LEFT_OUT -> "left out: " + item.reason();
      case FAILED -> "failed: " + item.reason();
    };
  }

  private OptionChecks checks() {
    return new OptionChecks(spec);
  }
}
