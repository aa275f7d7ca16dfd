package org.loupe.study;

import java.util.Locale;
import java.util.Set;

/** What a file's name says of what it holds. Content decides first; the name only explains. */
final class FileKind {

  private static final Set<String> IMAGE_ENDINGS = Set.of("dcm", "dic", "dicom", "ima", "nii");

  private static final Set<String> OTHER_NAMES =
      Set.of(
          "dicomdir",
          "readme",
          "license",
          "licence",
          "copying",
          "version",
          "lockfile",
          "changes",
          "authors",
          "notice",
          "makefile");

  private FileKind() {}

  static boolean isArchiveName(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  static boolean isNiftiName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".nii") || lower.endsWith(".nii.gz");
  }

  /**
   * Whether the name promises an image, so that content which is none must be reported: an ending
   * of image files, or none at all (DICOM on discs has none, or a number).
   */
  static boolean promisesImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (isNiftiName(lower)) {
      return true;
    }
    if (OTHER_NAMES.contains(lower)) {
      return false;
    }
    int dot = lower.lastIndexOf('.');
    String ending = lower.substring(dot + 1);
    return dot < 0 || IMAGE_ENDINGS.contains(ending) || ending.matches("\\d*");
  }
}
