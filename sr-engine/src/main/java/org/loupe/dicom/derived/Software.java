package org.loupe.dicom.derived;

/** What this program calls itself in the objects that it writes. */
public final class Software {

  public static final String MANUFACTURER = "Loupe";
  public static final String MODEL_NAME = "Loupe";

  /** The version of the build. */
  public static final String VERSION = "0.1.0";

  private Software() {}
}
