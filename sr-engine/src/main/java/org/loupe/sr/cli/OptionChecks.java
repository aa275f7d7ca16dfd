package org.loupe.sr.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.loupe.image.AtomicFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What the commands that measure a model ask of their options. Each check throws a {@link
 * ParameterException} that names the option and what is wrong with it.
 */
record OptionChecks(CommandSpec spec) {

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  void isFolder(String option, Path path) {
    if (!Files.isDirectory(path)) {
      throw wrong(option + ": no such folder: " + path);
    }
  }

  /** Nominal factors: above 1. */
  void areFactors(List<Double> scales, double most) {
    for (double s : scales) {
      if (!(s > 1 && s <= most)) {
        throw wrong("--scales: %s is not above 1 and at most %.0f".formatted(s, most));
      }
    }
  }

  void isCount(String option, int value) {
    if (value < 0) {
      throw wrong(option + ": " + value + " is negative");
    }
  }

  /** A file that can be written; null for none. */
  void isWritable(String option, Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null
        || Files.isDirectory(file)
        || !Files.isDirectory(folder)
        || !Files.isWritable(folder)) {
      throw wrong(option + ": cannot write " + file);
    }
  }

  /** Writes a report where it was asked for. */
  static void writeJson(Path file, Object report) throws IOException {
    if (file != null) {
      AtomicFile.write(
          file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
    }
  }
}
