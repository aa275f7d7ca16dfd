package org.loupe.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads files up to their pixels: a piece of the file, and four times as much for as long as the
 * pixels have not been met.
 */
public final class HeaderReader {

  private static final int FIRST_PIECE = 1 << 15;

  /** No header is longer: what is left of a file of 2 GB is pixels. */
  private static final int LAST_PIECE = Integer.MAX_VALUE - 64;

  private HeaderReader() {}

  /**
   * Reads the header of a file; its pixel data, if there is any, is cut short or empty.
   *
   * @param in the file from its start; what is read of it depends on the header
   * @throws DicomException where it is not DICOM
   */
  public static DicomFile read(InputStream in) throws IOException {
    return read(in, in.readNBytes(FIRST_PIECE));
  }

  /**
   * Reads the header of a file; empty where its first bytes do not look like DICOM.
   *
   * @param in the file from its start
   * @throws DicomException where it is broken from the start
   */
  public static Optional<DicomFile> find(InputStream in) throws IOException {
    byte[] start = in.readNBytes(FIRST_PIECE);
    byte[] first =
        start.length > DicomReader.START ? Arrays.copyOf(start, DicomReader.START) : start;
    return DicomReader.configured().looksLikeDicom(first)
        ? Optional.of(read(in, start))
        : Optional.empty();
  }

  /** The same of a file on disk. */
  public static Optional<DicomFile> find(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return find(in);
    }
  }

  private static DicomFile read(InputStream in, byte[] start) throws IOException {
    byte[] bytes = start;
    boolean whole = bytes.length < FIRST_PIECE;
    while (true) {
      DicomFile file = DicomReader.configured().read(bytes);
      if (whole) {
        return file;
      }
      if (FrameReader.hasPixels(file.dataset())) {
        // What is missing are pixels and what follows them. No damage says nothing: a piece may end
        // between two elements.
        return new DicomFile(file.meta(), file.dataset(), file.syntax(), "");
      }
      int wanted = (int) Math.min(4L * bytes.length, LAST_PIECE);
      byte[] more = in.readNBytes(wanted - bytes.length);
      whole = more.length < wanted - bytes.length || wanted == LAST_PIECE;
      bytes = Arrays.copyOf(bytes, bytes.length + more.length);
      System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
    }
  }
}
