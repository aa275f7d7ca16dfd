package org.loupe.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file to look at: on disk or in an archive.
 *
 * @param name name for the user: file name, or archive and entry
 * @param folder identity of the folder that holds it; files of one folder share it
 * @param folderName name of that folder for the user
 * @param fileName its own name without folders
 * @param path the file on disk; null in an archive
 * @param asked whether the user named it, rather than its folder or archive
 * @param opener opens its bytes
 */
record SourceFile(
    String name,
    String folder,
    String folderName,
    String fileName,
    Path path,
    boolean asked,
    Opener opener) {

  /** Opens the bytes of a file; the caller closes them. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }
}
