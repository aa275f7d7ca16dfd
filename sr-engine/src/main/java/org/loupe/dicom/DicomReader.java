package org.loupe.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads DICOM files from memory. An interface, so that another library's parser can stand in for
 * our own: a jar on the class path that provides one as a service, and the system property {@value
 * #PROPERTY} with its name. For any number of threads.
 */
public interface DicomReader {

  /** System property with the name of the reader to use; ours where it is not set. */
  String PROPERTY = "loupe.dicom.reader";

  /** Bytes from which a file is known to be DICOM or not: its preamble and "DICM". */
  int START = 132;

  /** What {@link #PROPERTY} calls it. */
  String name();

  /**
   * Reads a whole file. The result may share the array, which must not be written to any more. A
   * file that is damaged after its first elements is read up to there ({@link DicomFile#damage}).
   *
   * @throws DicomException where it is not DICOM, or broken from the start: says what and where
   */
  DicomFile read(byte[] bytes) throws DicomException;

  /** Whether the first bytes of a file ({@link #START} or more, or all of it) look like DICOM. */
  boolean looksLikeDicom(byte[] start);

  /**
   * Reads a whole file; empty where its first bytes do not look like DICOM: no more of it is read
   * then.
   *
   * @param in the file from its start
   * @throws DicomException where it is broken from the start
   */
  default Optional<DicomFile> find(InputStream in) throws IOException {
    byte[] start = in.readNBytes(START);
    if (!looksLikeDicom(start)) {
      return Optional.empty();
    }
    byte[] rest = in.readAllBytes();
    byte[] whole = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, whole, start.length, rest.length);
    return Optional.of(read(whole));
  }

  /** The reader that needs no library. */
  static DicomReader builtIn() {
    return new Part10Reader();
  }

  /**
   * The reader that {@link #PROPERTY} names.
   *
   * @throws DicomException where there is none of that name
   */
  static DicomReader configured() throws DicomException {
    String name = System.getProperty(PROPERTY, "");
    return name.isEmpty() ? builtIn() : ReaderProviders.named(name);
  }
}
