package org.loupe.dcm4che;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.loupe.dicom.DicomFile;

/** The engine's DICOM fixtures, those in archives too, by name. */
public final class Fixtures {

  private Fixtures() {}

  public static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      Path root = Path.of(DicomFile.class.getResource("expected.json").toURI()).getParent();
      try (Stream<Path> inside = Files.walk(root)) {
        for (Path file : inside.filter(Files::isRegularFile).toList()) {
          String name = root.relativize(file).toString().replace('\\', '/');
          if (name.endsWith(".zip")) {
            unpack(file, name, files);
          } else if (name.endsWith(".dcm") || name.startsWith("bare")) {
            files.put(name, Files.readAllBytes(file));
          }
        }
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    return files;
  }

  private static void unpack(Path archive, String name, Map<String, byte[]> files)
      throws IOException {
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (!e.isDirectory() && !e.getName().endsWith(".json")) {
          files.put(name + "/" + e.getName(), zip.readAllBytes());
        }
      }
    }
  }

  /** Those that are sound images or documents. */
  public static Map<String, byte[]> sound() throws IOException {
    Map<String, byte[]> files = all();
    files.keySet().removeIf(name -> name.startsWith("bad_"));
    return files;
  }

  /** Names in the order of the map. */
  public static List<String> names() throws IOException {
    return List.copyOf(all().keySet());
  }
}
