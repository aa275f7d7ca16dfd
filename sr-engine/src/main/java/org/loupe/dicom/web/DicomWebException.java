package org.loupe.dicom.web;

import java.io.IOException;

/** A server that cannot be reached, refuses, or answers something else than it was asked. */
public final class DicomWebException extends IOException {

  private final int status;

  public DicomWebException(String message) {
    this(message, 0);
  }

  /**
   * @param status of the server's answer
   */
  public DicomWebException(String message, int status) {
    super(message);
    this.status = status;
  }

  public DicomWebException(String message, Throwable cause) {
    super(message, cause);
    status = 0;
  }

  /** Whether the server wants credentials, or others than those that it was given. */
  public boolean unauthorised() {
    return status == 401;
  }
}
