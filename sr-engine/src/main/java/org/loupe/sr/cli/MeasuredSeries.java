package org.loupe.sr.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.loupe.image.AtomicFile;
import picocli.CommandLine.Option;

/** Options of commands that measure the engine on a series and tell the figures as JSON. */
final class MeasuredSeries {

  @Option(names = "--target", required = true, paramLabel = "FILE|FOLDER", description = "T2")
  private Path target;

  @Option(
      names = "--reference",
      paramLabel = "FILE|FOLDER",
      description = "PD, T1 or FLAIR of the same patient")
  private Path reference;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private Path json;

  void check(OptionChecks checks) {
    checks.isWritable("--json", json);
  }

  UpscaleInput read() throws IOException {
    return UpscaleInput.read(target, reference, null, UpscaleInput.Acquired.AUTO);
  }

  /** Prints the figures, and writes them where that was asked for. */
  void report(Object figures, PrintWriter out) throws IOException {
    byte[] text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(figures);
    out.println(new String(text, StandardCharsets.UTF_8));
    out.flush();
    if (json != null) {
      AtomicFile.write(json, text);
    }
  }
}
