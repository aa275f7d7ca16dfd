package org.loupe.dcm4che;

/**
 * Keeps dcm4che's log off, which holds stack traces of broken files and, with more detail, names of
 * patients. Before its classes are loaded: loggers ask once. Whoever sets the property decides.
 */
public final class QuietLog {

  private static final String LEVEL = "org.slf4j.simpleLogger.log.org.dcm4che3";

  private QuietLog() {}

  public static void on() {
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, "off");
    }
  }
}
