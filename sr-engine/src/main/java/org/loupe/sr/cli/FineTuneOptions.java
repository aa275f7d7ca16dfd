package org.loupe.sr.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code sr train} that go on training a model instead of making one. */
final class FineTuneOptions {

  @Option(
      names = "--init",
      paramLabel = "MODEL",
      description =
          "fine-tune this model (name or folder) on the cases, measure it on held-out ones, and"
              + " write it where it gained")
  String init;

  @Option(
      names = "--held-out",
      split = ",",
      paramLabel = "CASE",
      description =
          "with --init: cases to measure on, with all studies of their patients (of CASE_study1 and"
              + " CASE_study2 the patient is CASE; default: the last fifth of the patients by name)")
  List<String> heldOut = List.of();

  @Option(
      names = "--max-slices",
      defaultValue = "12",
      paramLabel = "N",
      description =
          "with --init: measure on at most N slices of a case, 0 for all (${DEFAULT-VALUE})")
  int maxSlices;

  @Option(names = "--accept", description = "with --init: write the model even where it lost")
  boolean accept;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "with --init: also write what was measured as JSON")
  Path report;
}
