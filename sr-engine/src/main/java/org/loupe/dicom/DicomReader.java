package org.loupe.dicom;

/**
 * Reads DICOM files from memory. An interface, so that another library's parser can stand in for
 * our own; {@link #builtIn} is ours.
 */
public interface DicomReader {

  /**
   * Reads a whole file. The result may share the array, which must not be written to any more. A
   * file that is damaged after its first elements is read up to there ({@link DicomFile#damage}).
   *
   * @throws DicomException where it is not DICOM, or broken from the start: says what and where
   */
  DicomFile read(byte[] bytes) throws DicomException;

  /** Whether the first bytes of a file (132 or more, or all of it) look like DICOM. */
  boolean looksLikeDicom(byte[] start);

  /** The reader that needs no library. */
  static DicomReader builtIn() {
    return new Part10Reader();
  }
}
