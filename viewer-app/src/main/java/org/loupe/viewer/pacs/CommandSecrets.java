package org.loupe.viewer.pacs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The operating system's store of passwords through the command that the system has for it: Linux
 * {@code secret-tool}, macOS {@code security}. Secrets go through pipes alone, never into a command
 * line, which others can see.
 */
final class CommandSecrets implements SecretStore {

  private static final String SERVICE = "loupe-dicomweb";

  /** Kinds of commands. */
  private enum Kind {
    SECRET_TOOL,
    SECURITY
  }

  private final Kind kind;
  private final Path command;

  private CommandSecrets(Kind kind, Path command) {
    this.kind = kind;
    this.command = command;
  }

  /** The store behind a {@code secret-tool}. */
  static CommandSecrets secretTool(Path tool) {
    return new CommandSecrets(Kind.SECRET_TOOL, tool);
  }

  /** The store behind macOS's {@code security}. */
  static CommandSecrets security(Path tool) {
    return new CommandSecrets(Kind.SECURITY, tool);
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public Optional<String> find(PacsServer server) {
    List<String> line =
        switch (kind) {
          case SECRET_TOOL -> List.of("lookup", "service", SERVICE, "url", server.url());
          case SECURITY ->
              List.of("find-generic-password", "-w", "-s", SERVICE, "-a", server.url());
        };
    return run(line, "").filter(s -> !s.isEmpty());
  }

  @Override
  public boolean keep(PacsServer server, String secret) {
    return switch (kind) {
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
                          HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))))
              .isPresent();
    };
  }

  @Override
  public void forget(PacsServer server) {
    switch (kind) {
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
