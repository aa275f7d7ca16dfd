package org.loupe.dicom.codec;

import java.io.IOException;

/** A compressed frame that is broken, or of a kind that is not supported; says which. */
public final class CodecException extends IOException {
  public CodecException(String message) {
    super(message);
  }

  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
