package org.loupe.viewer.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.loupe.image.AtomicFile;
import org.loupe.viewer.Texts;

/**
 * Writes movies, whole or not at all: MP4 (H.264) or animated GIF, by the file's name. Frames are
 * taken one after another while the file grows, so a long movie needs no more memory than a short
 * one.
 */
public final class MovieFile {

  /** Endings of names that say a format, the usual one first. */
  public static final List<String> ENDINGS = List.of("mp4", "gif");

  /** The pictures of a movie, all of one size. */
  public interface Frames {
    /**
     * The next picture, which may take its time.
     *
     * @return null at the end
     * @throws IOException where there will be no more: then nothing is written
     */
    BufferedImage next() throws IOException;
  }

  private MovieFile() {}

  /**
   * Writes a movie.
   *
   * @param framesPerSecond 1 to 50; GIF keeps hundredths of a second, so that only some are exact
   * @throws IOException where the name says no format, a frame fails or the file cannot be written
   */
  public static void write(Path file, int framesPerSecond, Frames frames) throws IOException {
    check(file);
    if (ending(file).equals("gif")) {
      AtomicFile.write(file, part -> GifMovie.write(part, framesPerSecond, frames));
    } else {
      AtomicFile.write(file, part -> Mp4Movie.write(part, framesPerSecond, frames));
    }
  }

  /**
   * Looks whether a name says a format.
   *
   * @throws IOException where it does not; the message is for the user
   */
  public static void check(Path file) throws IOException {
    if (!ENDINGS.contains(ending(file))) {
      throw new IOException(Texts.of("movie.format", file.getFileName()));
    }
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
