package org.loupe.viewer.prefs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.loupe.image.AtomicFile;
import org.loupe.viewer.layout.Workspace;

/**
 * What was open and looked at, in {@code session.json} of the user's folder: written while the
 * application runs, removed when it ends in good order. Where it is there at a start, the
 * application ended otherwise.
 */
public final class SessionFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A session.
   *
   * @param paths what was opened, in this order
   */
  public record Session(
      @JsonProperty("paths") List<String> paths, @JsonProperty("workspace") Workspace workspace) {

    public Session {
      paths = List.copyOf(paths);
    }

    /** The paths that are still there. */
    public List<Path> there() {
      return paths.stream().map(Path::of).filter(Files::exists).toList();
    }
  }

  private final Path file;

  /**
   * @param file null to keep nothing
   */
  public SessionFile(Path file) {
    this.file = file;
  }

  public void write(Session session) throws IOException {
    if (file != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, JSON.writeValueAsBytes(session));
    }
  }

  /** The session that did not end in good order; empty where there is none that can be read. */
  public Optional<Session> left() {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), Session.class));
    } catch (IOException | RuntimeException e) {
      // Half a session is none; the next one is written over it.
      return Optional.empty();
    }
  }

  /** The session has ended in good order. */
  public void ended() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
