package org.loupe.dicom.cli;

import java.util.EnumSet;
import java.util.Set;
import org.loupe.dicom.Uids;
import org.loupe.dicom.deidentify.Deidentifier;
import org.loupe.dicom.deidentify.Retained;
import org.loupe.study.SourceImages;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of commands that can write without the patient's identity. */
final class AnonymiseOptions {

  @Option(
      names = "--anonymise",
      description = "without the patient's identity: PS3.15 basic profile, UIDs replaced")
  private boolean anonymise;

  @Option(
      names = "--retain",
      split = ",",
      paramLabel = "WHAT",
      description =
          "kept nevertheless: ${COMPLETION-CANDIDATES} (shifted_dates: all of a patient's dates"
              + " moved by the same number of days)")
  private Set<Retained> retained = EnumSet.noneOf(Retained.class);

  @Option(
      names = "--key",
      paramLabel = "SECRET",
      description = "the same key gives the same new UIDs and pseudonyms (default: a random one)")
  private String key;

  /** What the options say, whether or not anonymity was asked for. */
  Deidentifier deidentifier() {
    return new Deidentifier(retained, key == null ? Uids.random() : key);
  }

  /**
   * What is done with headers before something is derived from them.
   *
   * @throws ParameterException where options would only do something with {@code --anonymise}
   */
  SourceImages.Change change(CommandSpec spec) {
    if (!anonymise) {
      if (key != null || !retained.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            (key != null ? "--key" : "--retain") + ": only together with --anonymise");
      }
      return d -> d;
    }
    return deidentifier()::apply;
  }
}
