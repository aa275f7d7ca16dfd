package org.loupe.dicom.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Orthanc on loopback, that a test starts and stops. */
public final class OrthancServer {

  private static final Path ORTHANC = Path.of("/usr/sbin/Orthanc");

  private final Process process;

  private OrthancServer(Process process) {
    this.process = process;
  }

  /** Whether Debian's package is there. */
  public static boolean installed() {
    return Files.isExecutable(ORTHANC);
  }

  /**
   * Starts one and waits until it listens.
   *
   * @param folder for its configuration and what it stores
   * @param config but for the places of its files
   */
  public static OrthancServer start(Path folder, ObjectNode config) throws IOException {
    config.put("Name", "LoupeTest");
    config.put("StorageDirectory", Files.createDirectory(folder.resolve("storage")).toString());
    config.put("IndexDirectory", folder.resolve("storage").toString());
    config.put("RemoteAccessAllowed", false);
    Path file = folder.resolve("orthanc.json");
    new ObjectMapper().writeValue(file.toFile(), config);
    Process process =
        new ProcessBuilder(ORTHANC.toString(), file.toString()).redirectErrorStream(true).start();
    BufferedReader log =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
    List<String> said = new ArrayList<>();
    String line = log.readLine();
    while (line != null && !line.contains("Orthanc has started")) {
      said.add(line);
      line = log.readLine();
    }
    assertTrue(line != null, () -> "Orthanc did not start: " + said);
    Thread.ofPlatform().daemon().start(() -> drain(log));
    return new OrthancServer(process);
  }

  /** A process whose output nobody reads comes to a halt. */
  private static void drain(BufferedReader log) {
    try {
      log.lines().forEach(line -> {});
    } catch (java.io.UncheckedIOException e) {
      assertTrue(e.getMessage().contains("closed"), "the server was stopped");
    }
  }

  /** A port that nothing listens on just now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
