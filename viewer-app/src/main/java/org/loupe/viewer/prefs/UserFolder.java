package org.loupe.viewer.prefs;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where Loupe keeps what belongs to the user: measurements, preferences, protocols, the session.
 *
 * @param path the folder, which may not exist yet; null to keep nothing
 */
public record UserFolder(Path path) {

  /** Keeps nothing. */
  public static final UserFolder NONE = new UserFolder(null);

  /** System property that names another folder. */
  public static final String PROPERTY = "loupe.data";

  /** The folder of this user on this system. */
  public static UserFolder standard() {
    String named = System.getProperty(PROPERTY);
    return new UserFolder(
        named != null
            ? Path.of(named)
            : standard(
                System.getProperty("os.name", ""),
                System.getenv(),
                Path.of(System.getProperty("user.home", "."))));
  }

  static Path standard(String system, Map<String, String> environment, Path home) {
    String os = system.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      String data = environment.get("APPDATA");
      return (data == null ? home.resolve("AppData/Roaming") : Path.of(data)).resolve("Loupe");
    }
    if (os.startsWith("mac")) {
      return home.resolve("Library/Application Support/Loupe");
    }
    String data = environment.get("XDG_DATA_HOME");
    return (data == null || data.isBlank() ? home.resolve(".local/share") : Path.of(data))
        .resolve("loupe");
  }

  /** A file or folder within; null where nothing is kept. */
  public Path resolve(String name) {
    return path == null ? null : path.resolve(name);
  }
}
