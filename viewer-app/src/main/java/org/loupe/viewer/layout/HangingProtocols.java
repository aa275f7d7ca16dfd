package org.loupe.viewer.layout;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.loupe.image.AtomicFile;

/**
 * The hanging protocols: those that ship, or the user's, in {@code hanging-protocols.json} of the
 * user's folder. The file is written there once, to be edited.
 */
public final class HangingProtocols {

  public static final String FILE = "hanging-protocols.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private HangingProtocols() {}

  /** Those that ship. */
  public static List<HangingProtocol> shipped() {
    try {
      return read(bytes());
    } catch (IOException e) {
      throw new IllegalStateException("the shipped hanging protocols", e);
    }
  }

  private static byte[] bytes() throws IOException {
    try (InputStream in = HangingProtocols.class.getResourceAsStream("/org/loupe/viewer/" + FILE)) {
      return in.readAllBytes();
    }
  }

  /**
   * The user's.
   *
   * @param file may be null or missing: then those that ship
   * @throws IOException where it cannot be understood; the message says why
   */
  public static List<HangingProtocol> of(Path file) throws IOException {
    return file == null || !Files.exists(file) ? shipped() : read(Files.readAllBytes(file));
  }

  /** Puts the protocols that ship where the user can edit them, unless there are some. */
  public static void offer(Path file) throws IOException {
    if (file != null && !Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, bytes());
    }
  }

  private static List<HangingProtocol> read(byte[] json) throws IOException {
    return List.of(JSON.readValue(json, HangingProtocol[].class));
  }
}
