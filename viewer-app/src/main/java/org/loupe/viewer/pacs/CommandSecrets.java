package org.loupe.viewer.pacs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The operating system's store of passwords, through the command that the system has for it: Linux
 * {@code secret-tool}, macOS {@code security}. Secrets go through pipes alone, never into a command
 * line, which others can see. Where there is no such command nothing is kept. Calls block: the
 * system may ask its user to unlock the store.
 */
public final class SecretStore {

  private static final String SERVICE = "loupe-dicomweb";

  /** Kinds of commands. */
  private enum Kind {
    NONE,
    SECRET_TOOL,
    SECURITY
  }

  private final Kind kind;
  private final Path command;

  private SecretStore(Kind kind, Path command) {
    this.kind = kind;
    this.command = command;
  }

  /** A store that keeps nothing. */
  public static SecretStore none() {
    return new SecretStore(Kind.NONE, null);
  }

  /** The store of this system. */
  public static SecretStore system() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (os.startsWith("mac")) {
      return new SecretStore(Kind.SECURITY, Path.of("/usr/bin/security"));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : os.startsWith("linux") ? path.split(":") : new String[0]) {
      Path tool = Path.of(folder.isEmpty() ? "." : folder, "secret-tool");
      if (!folder.isEmpty() && Files.isExecutable(tool)) {
        return secretTool(tool);
      }
    }
    return none();
  }

  /** The store behind a {@code secret-tool}. */
  static SecretStore secretTool(Path tool) {
    return new SecretStore(Kind.SECRET_TOOL, tool);
  }

  /** Whether there is a store. */
  public boolean isThere() {
    return kind != Kind.NONE;
  }

  /** The secret of a server; empty where none is kept or the store does not open. */
  public Optional<String> find(PacsServer server) {
    List<String> line =
        switch (kind) {
          case NONE -> List.of();
          case SECRET_TOOL -> List.of("lookup", "service", SERVICE, "url", server.url());
          case SECURITY ->
              List.of("find-generic-password", "-w", "-s", SERVICE, "-a", server.url());
        };
    return line.isEmpty() ? Optional.empty() : run(line, "").filter(s -> !s.isEmpty());
  }

  /**
   * Keeps the secret of a server.
   *
   * @return false where the store did not take it
   */
  public boolean keep(PacsServer server, String secret) {
    return switch (kind) {
      case NONE -> false;
      case SECRET_TOOL ->
          run(
                  List.of(
                      "store",
                      "--label=Loupe: " + server.name(),
                      "service",
                      SERVICE,
                      "url",
                      server.url()),
                  secret)
              .isPresent();
      // Hexadecimal needs no quoting in the commands that are piped in.
      case SECURITY ->
          run(
                  List.of("-i"),
                  "add-generic-password -U -s %s -a %s -X %s%n"
                      .formatted(
                          SERVICE,
                          server.url(),
                          java.util.HexFormat.of()
                              .formatHex(secret.getBytes(StandardCharsets.UTF_8))))
              .isPresent();
    };
  }

  /** Forgets the secret of a server. */
  public void forget(PacsServer server) {
    switch (kind) {
      case NONE -> {}
      case SECRET_TOOL -> run(List.of("clear", "service", SERVICE, "url", server.url()), "");
      case SECURITY ->
          run(List.of("delete-generic-password", "-s", SERVICE, "-a", server.url()), "");
    }
  }

  /** What the command says; empty where it fails. */
  private Optional<String> run(List<String> arguments, String input) {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(said.stripTrailing()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // as if there were no store: the user is asked
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
