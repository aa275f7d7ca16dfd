package org.loupe.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.HeaderReader;

/**
 * A file to look at: on disk or in an archive.
 *
 * @param name name for the user: file name, or archive and entry
 * @param folder identity of the folder that holds it; files of one folder share it
 * @param folderName name of that folder for the user
 * @param fileName its own name without folders
 * @param path the file on disk; null in an archive
 * @param disk the file on disk, or the archive
 * @param asked whether the user named it, rather than its folder or archive
 * @param opener opens its bytes, while the opening goes on
 * @param later opens its bytes at any time
 */
record SourceFile(
    String name,
    String folder,
    String folderName,
    String fileName,
    Path path,
    Path disk,
    boolean asked,
    Opener opener,
    Opener later) {

  /** Its header; empty where it does not look like DICOM. */
  Optional<DicomFile> header() throws IOException {
    try (InputStream in = opener.open()) {
      return HeaderReader.find(in);
    }
  }

  /** All of it; empty where it does not look like DICOM. */
  Optional<DicomFile> dicom() throws IOException {
    try (InputStream in = opener.open()) {
      return DicomReader.configured().find(in);
    }
  }

  /** Opens the bytes of a file; the caller closes them. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }
}
