package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.eval.LabelledCase;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of the commands that measure a model on labelled cases. */
public final class CaseOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "folder of case folders: T2, a reference and labels.nii.gz on one grid")
  private Path data;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "NAME",
      description = "case folders (default: all that have the files)")
  private List<String> cases = List.of();

  @Option(
      names = "--reference",
      paramLabel = "NAME",
      description = "T1, PD or FLAIR (default: the first of PD, T1, FLAIR that a case has)")
  private String reference;

  @Option(
      names = "--scales",
      split = ",",
      defaultValue = "2,3,4",
      paramLabel = "S",
      description = "nominal factors above 1 (${DEFAULT-VALUE})")
  private List<Double> scales;

  @Option(
      names = "--max-slices",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "at most N slices a case, evenly spread over those with white matter; 0: all"
              + " (${DEFAULT-VALUE})")
  private int maxSlices;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "equal seeds give equal figures (${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "also write the report as JSON")
  private Path json;

  List<Double> scales() {
    return scales;
  }

  int maxSlices() {
    return maxSlices;
  }

  long seed() {
    return seed;
  }

  /**
   * Checks the options and reads the cases.
   *
   * @throws IOException where a case cannot be read, or there is none
   */
  List<LabelledCase> load() throws IOException {
    check();
    List<String> references = references();
    List<Path> folders = new ArrayList<>();
    if (cases.isEmpty()) {
      try (var entries = Files.list(data)) {
        entries
            .filter(f -> LabelledCase.referenceOf(f, references).isPresent())
            .sorted()
            .forEach(folders::add);
      }
    } else {
      for (String name : cases) {
        Path folder = data.resolve(name);
        checks().isFolder("--cases", folder);
        folders.add(folder);
      }
    }
    if (folders.isEmpty()) {
      throw new IOException(
          "no case with T2.nii.gz, labels.nii.gz and one of " + references + " in " + data);
    }
    List<LabelledCase> loaded = new ArrayList<>();
    for (Path folder : folders) {
      Optional<String> contrast = LabelledCase.referenceOf(folder, references);
      if (contrast.isEmpty()) {
        throw new IOException(
            folder + " lacks T2.nii.gz, labels.nii.gz or a reference of " + references);
      }
      loaded.add(LabelledCase.load(folder, contrast.get()));
    }
    return loaded;
  }

  private List<String> references() {
    if (reference == null) {
      return LabelledCase.REFERENCES;
    }
    String name = reference.toUpperCase(Locale.ROOT);
    if (!LabelledCase.REFERENCES.contains(name)) {
      throw checks().wrong("--reference: " + reference + " is none of " + LabelledCase.REFERENCES);
    }
    return List.of(name);
  }

  private void check() {
    checks().isFolder("--data", data);
    checks().areFactors(scales, SuperResolver.MAX_FACTOR);
    checks().isCount("--max-slices", maxSlices);
    checks().isWritable("--json", json);
  }

  /** Writes the report where it was asked for. */
  void write(Object report) throws IOException {
    OptionChecks.writeJson(json, report);
  }

  private OptionChecks checks() {
    return new OptionChecks(spec);
  }
}
