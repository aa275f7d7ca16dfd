package org.loupe.sr.model;

import java.io.IOException;

/** A model package that is absent, damaged or of another kind; the message is for the user. */
public final class ModelException extends IOException {

  private static final long serialVersionUID = 1;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
