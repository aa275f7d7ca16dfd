package org.loupe.viewer.pacs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.loupe.image.AtomicFile;

/**
 * The list of servers, as JSON in the user's folder.
 *
 * @param path null to keep nothing
 */
public record ServerFile(Path path) {

  public static final String NAME = "servers.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Reads it.
   *
   * @throws IOException where it cannot be understood
   */
  public List<PacsServer> read() throws IOException {
    return path == null || !Files.exists(path)
        ? List.of()
        : List.of(JSON.readValue(path.toFile(), PacsServer[].class));
  }

  /** Writes it, whole or not at all. */
  public void write(List<PacsServer> servers) throws IOException {
    if (path != null) {
      Files.createDirectories(path.toAbsolutePath().getParent());
      AtomicFile.write(path, JSON.writeValueAsBytes(servers));
    }
  }
}
