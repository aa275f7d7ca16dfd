package org.loupe.dicom.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What is to be fetched and where it goes, whichever way a server is asked. */
public final class RetrieveOptions {

  @Option(names = "--study", required = true, paramLabel = "UID")
  private String study;

  @Option(names = "--series", paramLabel = "UID", description = "this series alone")
  private String series;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "for the files")
  private Path out;

  /** Study Instance UID. */
  public String study() {
    return study;
  }

  /** Series Instance UID; null for all series. */
  public String series() {
    return series;
  }

  /** Folder. */
  public Path out() {
    return out;
  }
}
