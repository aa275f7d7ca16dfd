package org.loupe.dicom.web;

import java.io.IOException;

/** A server that cannot be reached, refuses, or answers something else than it was asked. */
public final class DicomWebException extends IOException {

  public DicomWebException(String message) {
    super(message);
  }

  public DicomWebException(String message, Throwable cause) {
    super(message, cause);
  }
}
