package org.loupe.image;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that are written whole or not at all: into a temporary file beside, then moved. */
public final class AtomicFile {

  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  private static final String PREFIX = ".part-";

  private AtomicFile() {}

  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, temporary -> Files.write(temporary, bytes));
  }

  /**
   * Moves what {@code content} wrote to {@code file}, replacing an old one; on failure nothing of
   * it stays and the old file is untouched.
   */
  public static void write(Path file, Content content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("no such folder: " + folder);
    }
    // The suffix is kept: some writers choose the format by it. Files.createTempFile would make
    // the result unreadable for others.
    Path temporary = folder.resolve(PREFIX + UUID.randomUUID() + "-" + absolute.getFileName());
    try {
      content.writeTo(temporary);
      try {
        Files.move(
            temporary,
            absolute,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Deletes what writers of a file left beside it who were killed. Whoever still writes it fails at
   * the end, so only for a file that is there and needs no other.
   */
  public static void discardUnfinished(Path file) throws IOException {
    discard(file.toAbsolutePath().getParent(), "-" + file.getFileName());
  }

  /** The same for all files of a folder. */
  public static void discardAllUnfinished(Path folder) throws IOException {
    discard(folder, "");
  }

  private static void discard(Path folder, String end) throws IOException {
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path part : unfinished) {
        if (part.getFileName().toString().endsWith(end)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }
}
