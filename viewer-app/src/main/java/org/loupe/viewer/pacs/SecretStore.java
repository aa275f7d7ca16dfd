package org.loupe.viewer.pacs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The operating system's store of passwords. Calls block: the system may ask its user to unlock the
 * store.
 */
public interface SecretStore {

  /** Whether there is a store. */
  boolean isThere();

  /** The secret of a server; empty where none is kept or the store does not open. */
  Optional<String> find(PacsServer server);

  /**
   * Keeps the secret of a server.
   *
   * @return false where the store did not take it
   */
  boolean keep(PacsServer server, String secret);

  /** Forgets the secret of a server. */
  void forget(PacsServer server);

  /** A store that keeps nothing. */
  static SecretStore none() {
    return new SecretStore() {
      @Override
      public boolean isThere() {
        return false;
      }

      @Override
      public Optional<String> find(PacsServer server) {
        return Optional.empty();
      }

      @Override
      public boolean keep(PacsServer server, String secret) {
        return false;
      }

      @Override
      public void forget(PacsServer server) {}
    };
  }

  /** The store of this system. */
  static SecretStore system() {
    return of(System.getProperty("os.name", ""), System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * The store of a system.
   *
   * @param os as the system property os.name has it
   * @param path folders of commands, as the environment's PATH has them
   */
  static SecretStore of(String os, String path) {
    String system = os.toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return new WindowsSecrets();
    }
    if (system.startsWith("mac")) {
      return CommandSecrets.security(Path.of("/usr/bin/security"));
    }
    for (String folder : system.startsWith("linux") ? path.split(":") : new String[0]) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "secret-tool"))) {
        return CommandSecrets.secretTool(Path.of(folder, "secret-tool"));
      }
    }
    return none();
  }
}
