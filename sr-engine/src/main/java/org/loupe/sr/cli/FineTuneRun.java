package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.loupe.sr.eval.TuningReport;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import org.loupe.sr.train.FineTuning;

/**
 * {@code sr train --init}: fine-tunes a model into a candidate in the work folder, measures it
 * beside the model that it began as on held-out cases, and writes it where it gained or the user
 * accepts it as it is.
 */
record FineTuneRun(
    FineTuneOptions options,
    Path data,
    Path work,
    Path out,
    String name,
    String version,
    Integer blocks,
    double minutes,
    int batch,
    float learningRate,
    long seed,
    double perceptual,
    List<String> without,
    Consumer<String> log) {

  /** Share of the patients that is held out where the user names no case. */
  private static final double HELD_OUT = 0.2;

  /**
   * @throws IllegalArgumentException where a held-out case does not exist, or there are fewer
   *     blocks than the model has
   * @throws IOException where there are too few cases, or one cannot be read
   */
  void run() throws IOException {
    ModelPackage init = ModelRegistry.standard().find(options.init);
    List<String> cases = FineTuning.cases(data);
    TreeSet<String> heldOut = new TreeSet<>(heldOut(cases));
    ModelManifest manifest = manifest(init.manifest(), cases.size() - heldOut.size());
    ModelPackage candidate =
        new FineTuning(
                new FineTuning.Settings(
                    init,
                    data,
                    heldOut,
                    work,
                    work.resolve("candidate"),
                    blocks(init),
                    minutes,
                    batch,
                    learningRate,
                    seed,
                    perceptual,
                    without,
                    manifest),
                log)
            .run();
    List<Path> folders = heldOut.stream().map(data::resolve).toList();
    TuningReport report = TuningReport.measure(init, candidate, folders, options.maxSlices, log);
    log.accept(report.table().stripTrailing());
    conclude(candidate, report);
    OptionChecks.writeJson(options.report, report);
  }

  /** As many as the model has, or as the user wants. */
  private int blocks(ModelPackage init) {
    Map<String, Integer> sizes = init.manifest().architecture();
    int has = sizes == null ? 0 : sizes.getOrDefault("blocks", 0);
    if (blocks != null && blocks < has) {
      throw new IllegalArgumentException(
          "--blocks: %s has %d, and a network only grows".formatted(init.label(), has));
    }
    return blocks == null ? has : blocks;
  }

  private void conclude(ModelPackage candidate, TuningReport report) throws IOException {
    String gain = "mean gain %+.2f dB".formatted(report.meanGain());
    if (report.better() || options.accept) {
      write(candidate, report);
      log.accept(gain + ": wrote " + out);
    } else {
      log.accept(
          "%s: not better than %s, so %s was not written; --accept writes it all the same"
              .formatted(gain, report.before(), out));
    }
  }

  private void write(ModelPackage candidate, TuningReport report) throws IOException {
    Map<String, byte[]> weights = new LinkedHashMap<>();
    for (String file : candidate.manifest().sha256().keySet()) {
      weights.put(file, Files.readAllBytes(candidate.folder().resolve(file)));
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (TuningReport.Row row : report.rows()) {
      metrics.put(
          "held-out cases, reference %s x%.0f, dB over %s"
              .formatted(row.reference(), row.scale(), report.before()),
          Math.round(100 * row.gain()) / 100.0);
    }
    ModelPackage.write(out, candidate.manifest().withMetrics(metrics), weights);
  }

  /** All studies of the patients that are held out: one must not be learnt for the other. */
  private List<String> heldOut(List<String> cases) throws IOException {
    for (String wanted : options.heldOut) {
      if (!cases.contains(wanted)) {
        throw new IllegalArgumentException("--held-out: no case " + wanted + " in " + data);
      }
    }
    List<String> patients =
        options.heldOut.isEmpty()
            ? lastPatients(cases)
            : options.heldOut.stream().map(FineTuneRun::patient).toList();
    List<String> chosen = cases.stream().filter(c -> patients.contains(patient(c))).toList();
    if (chosen.size() >= cases.size()) {
      throw new IOException(
          "fine-tuning needs a case to train on and one to hold out: of the %d in %s %d are held out"
              .formatted(cases.size(), data, chosen.size()));
    }
    return chosen;
  }

  private static List<String> lastPatients(List<String> cases) {
    List<String> patients = cases.stream().map(FineTuneRun::patient).distinct().toList();
    int count = (int) Math.ceil(HELD_OUT * patients.size());
    return patients.subList(patients.size() - count, patients.size());
  }

  private static String patient(String name) {
    return name.replaceFirst("[_-]study[^_-]*$", "");
  }

  /** The card of the model that it began as, and what was added. */
  private ModelManifest manifest(ModelManifest init, int trained) {
    List<String> trainingData = new ArrayList<>(init.trainingData());
    trainingData.add(
        "Fine-tuned from %s %s for %s minutes on %d cases of the user's own"
            .formatted(init.name(), init.version(), minutes, trained));
    List<String> limits = new ArrayList<>(init.limits());
    limits.add(
        "Fine-tuned on few cases: on other scanners it may do worse than %s %s"
            .formatted(init.name(), init.version()));
    return new ModelManifest(
        name == null ? init.name() + "-tuned" : name,
        version,
        init.description(),
        Map.of(),
        init.architecture(),
        init.target(),
        init.references(),
        init.scales(),
        trainingData,
        Map.of(),
        init.licence(),
        init.citation(),
        limits,
        init.format(),
        init.torchscript(),
        init.errorScale(),
        init.oriented());
  }
}
