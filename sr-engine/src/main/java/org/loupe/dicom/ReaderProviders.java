package org.loupe.dicom;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/** The readers on the class path, each looked for once. */
final class ReaderProviders {

  private static final Map<String, DicomReader> FOUND = new ConcurrentHashMap<>();

  private ReaderProviders() {}

  static DicomReader named(String name) throws DicomException {
    DicomReader reader = FOUND.computeIfAbsent(name, ReaderProviders::find);
    if (reader == null) {
      throw new DicomException(
          "there is no DICOM reader \"%s\" on the class path (%s)"
              .formatted(name, DicomReader.PROPERTY));
    }
    return reader;
  }

  /** Null where there is none, which is not remembered. */
  private static DicomReader find(String name) {
    DicomReader ours = DicomReader.builtIn();
    if (name.equals(ours.name())) {
      return ours;
    }
    for (DicomReader other :
        ServiceLoader.load(DicomReader.class, DicomReader.class.getClassLoader())) {
      if (other.name().equals(name)) {
        return other;
      }
    }
    return null;
  }
}
