package org.loupe.dicom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** Files that a command sends, whichever way, and what is said of them in the end. */
public final class SentFiles {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files, or folders of them")
  private List<Path> paths;

  /** All files, those of folders too. */
  public List<Path> all() throws IOException {
    return EachFile.files(paths);
  }

  /**
   * Says that all were stored, or fails.
   *
   * @param count files that were sent
   * @param failures status by SOP Instance UID of those that were not taken
   */
  public static void report(int count, Map<String, Integer> failures, PrintWriter out)
      throws IOException {
    if (!failures.isEmpty()) {
      Map.Entry<String, Integer> first = failures.entrySet().iterator().next();
      throw new IOException(
          "%d of %d files were not taken: instance %s, status %04XH"
              .formatted(failures.size(), count, first.getKey(), first.getValue()));
    }
    out.printf("%d files stored%n", count);
    out.flush();
  }
}
