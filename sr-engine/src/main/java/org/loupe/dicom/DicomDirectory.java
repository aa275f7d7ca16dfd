package org.loupe.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A DICOMDIR (PS3.10 8, PS3.3 annex F): the files of a disc or folder that it refers to. */
public final class DicomDirectory {

  private static final String NAME = "DICOMDIR";

  private DicomDirectory() {}

  /** Whether a file is one, by its name. */
  public static boolean isDirectory(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().equalsIgnoreCase(NAME) && Files.isRegularFile(file);
  }

  /**
   * The files that a DICOMDIR refers to, beside it or in folders below, whether they exist or not.
   *
   * @throws DicomException where it cannot be read, or refers to files outside its folder
   */
  public static List<Path> files(Path directory) throws IOException {
    DicomFile file = DicomReader.configured().read(Files.readAllBytes(directory));
    Path folder = directory.toAbsolutePath().normalize().getParent();
    Set<Path> files = new LinkedHashSet<>();
    for (DicomDataset dicomRecord : file.dataset().items(Tag.DIRECTORY_RECORDS)) {
      List<String> parts = dicomRecord.strings(Tag.REFERENCED_FILE_ID);
      if (!parts.isEmpty()) {
        files.add(resolve(folder, parts));
      }
    }
    return new ArrayList<>(files);
  }

  private static Path resolve(Path folder, List<String> parts) throws DicomException {
    String shown = String.join("/", parts);
    Path path = folder;
    try {
      for (String part : parts) {
        path = path.resolve(existing(path, part));
      }
    } catch (InvalidPathException e) {
      throw new DicomException("it refers to \"%s\", which is no file name".formatted(shown), e);
    }
    if (!path.normalize().startsWith(folder)) {
      throw new DicomException("it refers to \"%s\", which is outside its folder".formatted(shown));
    }
    return path.normalize();
  }

  /** Discs are often copied with names in lower case. */
  private static String existing(Path folder, String name) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    boolean onlyLower = !Files.exists(folder.resolve(name)) && Files.exists(folder.resolve(lower));
    return onlyLower ? lower : name;
  }
}
