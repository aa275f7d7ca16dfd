package org.loupe.viewer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's Orthanc with its DICOMweb plugin, on loopback, with a user and a password. */
final class OrthancServer {

  static final String USER = "loupe";
  static final String PASSWORD = "a secret";

  private static final Path ORTHANC = Path.of("/usr/sbin/Orthanc");
  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  private final Process server;
  private final String url;

  /** Whether it can be started here. */
  static boolean isThere() {
    return Files.isExecutable(ORTHANC) && Files.exists(PLUGIN);
  }

  /** Starts it, empty. */
  OrthancServer(Path folder) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path storage = Files.createDirectories(folder.resolve("storage"));
    ObjectNode config = new ObjectMapper().createObjectNode();
    config.put("StorageDirectory", storage.toString());
    config.put("IndexDirectory", storage.toString());
    config.put("HttpPort", port);
    config.put("DicomServerEnabled", false);
    config.put("RemoteAccessAllowed", false);
    config.put("AuthenticationEnabled", true);
    config.putObject("RegisteredUsers").put(USER, PASSWORD);
    config.putArray("Plugins").add(PLUGIN.toString());
    config.putObject("DicomWeb").put("Enable", true).put("Root", "/dicom-web/");
    Path file = folder.resolve("orthanc.json");
    new ObjectMapper().writeValue(file.toFile(), config);
    server =
        new ProcessBuilder(ORTHANC.toString(), file.toString()).redirectErrorStream(true).start();
    BufferedReader log =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.ISO_8859_1));
    StringBuilder said = new StringBuilder();
    String line = log.readLine();
    while (line != null && !line.contains("Orthanc has started")) {
      said.append(line).append('\n');
      line = log.readLine();
    }
    if (line == null) {
      throw new IOException("Orthanc did not start: " + said);
    }
    // A process whose output nobody reads comes to a halt.
    Thread.ofPlatform().daemon().start(() -> drain(log));
    url = "http://127.0.0.1:" + port + "/dicom-web";
  }

  private static void drain(BufferedReader log) {
    try {
      log.lines().forEach(line -> {});
    } catch (UncheckedIOException e) {
      return; // it was stopped
    }
  }

  String url() {
    return url;
  }

  void stop() throws InterruptedException {
    server.destroy();
    if (!server.waitFor(20, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }
}
