package org.loupe.viewer.pacs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder that holds retrieved files for as long as the window is open. */
public final class RetrievedFiles {

  private RetrievedFiles() {}

  /**
   * Deletes a folder with all that it holds. What cannot be deleted keeps nothing else from it.
   *
   * @return whether all of it is gone
   */
  public static boolean delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      return false; // told by what is left
    }
    return !Files.exists(folder);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return deleted(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return deleted(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      return deleted(folder);
    }

    private static FileVisitResult deleted(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // It stays, and the folder with it: that is seen in the end.
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
