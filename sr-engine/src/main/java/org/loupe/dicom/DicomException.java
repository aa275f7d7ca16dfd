package org.loupe.dicom;

import java.io.IOException;

/** A file that is not DICOM, is broken, or is of a kind that is not supported; says which. */
public final class DicomException extends IOException {
  public DicomException(String message) {
    super(message);
  }

  public DicomException(String message, Throwable cause) {
    super(message, cause);
  }
}
