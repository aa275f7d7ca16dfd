package org.loupe.viewer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomJson;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Tag;

/** A small DICOMweb server on loopback, with a user and a password. */
final class WebArchive implements AutoCloseable {

  static final String USER = "reader";
  static final String PASSWORD = "a secret";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file that is served. */
  private record Held(byte[] bytes, DicomDataset dataset) {}

  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<Held> held = new ArrayList<>();

  /** Bodies that were stored, by order. */
  final List<String> stored = new ArrayList<>();

  /** Keys of the last search for studies. */
  final Map<String, String> asked = new ConcurrentHashMap<>();

  /** Series whose images are not given out yet. */
  private String withheld = "";

  /** Series of whose images a half is given out yet. */
  private String halved = "";

  /** Instances that are not taken. */
  final Set<String> refused = ConcurrentHashMap.newKeySet();

  WebArchive(List<Path> files) throws IOException {
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      held.add(new Held(bytes, DicomReader.builtIn().read(bytes).dataset()));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(pool);
    server
        .createContext("/dicom-web/studies", this::answer)
        .setAuthenticator(
            new BasicAuthenticator("archive") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(PASSWORD);
              }
            });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/dicom-web";
  }

  /** Keeps the images of a series back until another one is named. */
  synchronized void withhold(String seriesUid) {
    withheld = seriesUid;
    notifyAll();
  }

  /** Keeps the second halves of a series' images back until another one is named. */
  synchronized void halve(String seriesUid) {
    halved = seriesUid;
    notifyAll();
  }

  private void whenGiven(String seriesUid) throws IOException {
    when(() -> !withheld.equals(seriesUid));
  }

  private synchronized void when(BooleanSupplier condition) throws IOException {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path =
          exchange.getRequestURI().getPath().substring("/dicom-web/".length()).split("/", -1);
      if (exchange.getRequestMethod().equals("POST")) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        synchronized (stored) {
          stored.add(text);
        }
        send(exchange, "application/dicom+json", JSON.writeValueAsBytes(failures(text)));
      } else if (path.length == 6) {
        instance(exchange, path[3], path[5]);
      } else {
        int level =
            path.length == 1
                ? Tag.STUDY_INSTANCE_UID
                : path.length == 3 ? Tag.SERIES_INSTANCE_UID : Tag.SOP_INSTANCE_UID;
        search(exchange, level, path.length > 3 ? path[3] : "");
      }
    }
  }

  /** Says which of the instances of a body are not taken. */
  private ObjectNode failures(String body) {
    DatasetBuilder answer = new DatasetBuilder();
    List<DicomDataset> failed = new ArrayList<>();
    for (String uid : refused) {
      if (body.contains(uid)) {
        failed.add(
            new DatasetBuilder()
                .text(Tag.REFERENCED_SOP_INSTANCE_UID, uid)
                .numbers(Tag.FAILURE_REASON, 0xc000)
                .build());
      }
    }
    return DicomJson.of(answer.items(Tag.FAILED_SOP_SEQUENCE, failed).build());
  }

  private void search(HttpExchange exchange, int level, String series) throws IOException {
    Map<String, String> keys = new LinkedHashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] both = pair.split("=", 2);
      keys.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    if (level == Tag.STUDY_INSTANCE_UID) {
      asked.clear();
      asked.putAll(keys);
    }
    ArrayNode matches = JSON.createArrayNode();
    List<String> known = new ArrayList<>();
    for (Held h : held) {
      String uid = h.dataset().string(level);
      String wanted = keys.getOrDefault("PatientID", h.dataset().string(Tag.PATIENT_ID));
      boolean fits =
          (series.isEmpty() || h.dataset().string(Tag.SERIES_INSTANCE_UID).equals(series))
              && h.dataset().string(Tag.PATIENT_ID).equals(wanted);
      if (fits && !known.contains(uid)) {
        known.add(uid);
        matches.add(DicomJson.of(h.dataset().withoutBulk(200)));
      }
    }
    send(exchange, "application/dicom+json", JSON.writeValueAsBytes(matches));
  }

  private void instance(HttpExchange exchange, String series, String uid) throws IOException {
    whenGiven(series);
    for (Held h : held) {
      if (h.dataset().string(Tag.SOP_INSTANCE_UID).equals(uid)) {
        byte[] head =
            "--B\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\r\n--B--".getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[head.length + h.bytes().length + end.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(h.bytes(), 0, body, head.length, h.bytes().length);
        System.arraycopy(end, 0, body, head.length + h.bytes().length, end.length);
        exchange
            .getResponseHeaders()
            .set("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=B");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body, 0, body.length / 2);
          out.flush();
          when(() -> !halved.equals(series));
          out.write(body, body.length / 2, body.length - body.length / 2);
        }
        return;
      }
    }
    exchange.sendResponseHeaders(404, -1);
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    withhold("");
    halve("");
    server.stop(0);
    pool.shutdownNow();
  }
}
