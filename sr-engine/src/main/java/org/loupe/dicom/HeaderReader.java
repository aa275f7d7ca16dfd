package org.loupe.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads files up to their pixels: a piece of the file, and four times as much for as long as the
 * pixels have not been met.
 */
public final class HeaderReader {

  private static final int FIRST_PIECE = 1 << 16;

  private HeaderReader() {}

  /**
   * Reads the header of a file; its pixel data, if there is any, is cut short or empty.
   *
   * @param in the file from its start; what is read of it depends on the header
   * @throws DicomException where it is not DICOM
   */
  public static DicomFile read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_PIECE);
    long piece = FIRST_PIECE;
    while (true) {
      int wanted = (int) Math.min(piece - bytes.size(), Integer.MAX_VALUE - 64L - bytes.size());
      byte[] more = in.readNBytes(wanted);
      bytes.writeBytes(more);
      boolean whole = more.length < wanted || wanted == 0;
      DicomFile file = DicomReader.builtIn().read(bytes.toByteArray());
      if (whole) {
        return file;
      }
      if (file.damage().isEmpty() || file.dataset().get(Tag.PIXEL_DATA) != null) {
        // What is missing are pixels and what follows them.
        return new DicomFile(file.meta(), file.dataset(), file.syntax(), "");
      }
      piece *= 4;
    }
  }
}
