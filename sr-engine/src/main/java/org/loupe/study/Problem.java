package org.loupe.study;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/**
 * A file that could not be opened, and why, in words for the user.
 *
 * @param source file name, or archive and entry
 * @param reason one clear sentence
 */
public record Problem(String source, String reason) {

  /** An exception's message for the user; those of the file system give the path alone. */
  public static String reason(Throwable e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileSystemLoopException) {
      return "a link that leads in a circle";
    }
    if (e instanceof FileSystemException f && f.getReason() == null) {
      return "the file system refuses it";
    }
    if (e instanceof OutOfMemoryError) {
      return "not enough memory";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
