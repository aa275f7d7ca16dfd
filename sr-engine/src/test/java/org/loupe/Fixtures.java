package org.loupe;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Files to be read, of the tests' resources: those in archives too, but for the answers. */
public final class Fixtures {

  private Fixtures() {}

  /**
   * All of one kind by their paths.
   *
   * @param kind dicom or nifti
   */
  public static Map<String, byte[]> of(String kind) throws IOException, URISyntaxException {
    Map<String, byte[]> files = new TreeMap<>();
    Path root = Path.of(Fixtures.class.getResource(kind + "/expected.json").toURI()).getParent();
    try (Stream<Path> inside = Files.walk(root)) {
      for (Path file : inside.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (name.endsWith(".zip")) {
          unpack(file, name, files);
        } else if (!name.matches(".*\\.(json|class)")) { // tests lie among them
          files.put(name, Files.readAllBytes(file));
        }
      }
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
}
