package org.loupe.viewer.export;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.loupe.image.AtomicFile;
import org.loupe.viewer.Texts;

/** Writes pictures as PNG or TIFF, whole or not at all. */
public final class PictureFile {

  private PictureFile() {}

  /**
   * Writes a picture in the format that the file's name says.
   *
   * @throws IOException where it says none of png, tif and tiff, or the file cannot be written
   */
  public static void write(BufferedImage image, Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String format =
        name.endsWith(".png")
            ? "png"
            : name.endsWith(".tif") || name.endsWith(".tiff") ? "tiff" : null;
    if (format == null) {
      throw new IOException(Texts.of("export.format", file.getFileName()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException(Texts.of("export.format", file.getFileName()));
    }
    AtomicFile.write(file, bytes.toByteArray());
  }
}
