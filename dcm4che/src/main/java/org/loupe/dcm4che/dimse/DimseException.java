package org.loupe.dcm4che.dimse;

import java.io.IOException;

/** A node that cannot be reached, refuses, or answers something else than it was asked. */
public final class DimseException extends IOException {

  public DimseException(String message) {
    super(message);
  }

  public DimseException(String message, Throwable cause) {
    super(message, cause);
  }
}
