package org.loupe.dicom;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Numbered names of new files in a folder: 0001, 0002, ..., without those that are taken there. */
public final class FreeNames {

  private final Path folder;
  private int last;

  public FreeNames(Path folder) {
    this.folder = folder;
  }

  /** The next file whose name is free, such as IM0001.dcm. */
  public Path next(String prefix) {
    Path file;
    do {
      last++;
      file = folder.resolve("%s%04d.dcm".formatted(prefix, last));
    } while (Files.exists(file, LinkOption.NOFOLLOW_LINKS));
    return file;
  }
}
