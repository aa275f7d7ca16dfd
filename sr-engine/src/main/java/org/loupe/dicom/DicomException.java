package org.loupe.dicom;

import java.io.IOException;

/**
 * A file that is not DICOM, is broken, or is of a kind that is not supported; says which, in one
 * line: what a message quotes of a broken file may be anything.
 */
public final class DicomException extends IOException {

  private static final int LONGEST = 300;

  public DicomException(String message) {
    super(line(message));
  }

  public DicomException(String message, Throwable cause) {
    super(line(message), cause);
  }

  private static String line(String message) {
    String printable = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
