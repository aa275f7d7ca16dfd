package org.loupe.dicom.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.HeaderReader;
import org.loupe.dicom.Tag;
import org.loupe.image.AtomicFile;

/**
 * A DICOMweb server: QIDO-RS, WADO-RS and STOW-RS (PS3.18 chapter 10). Calls block; they end with a
 * {@link DicomWebException} that says what went wrong in one line. Redirections are not followed,
 * and credentials are sent over TLS alone, but for this very machine.
 */
public final class DicomWebClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a server may be silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Slowest line that files are sent over, bytes/s. */
  private static final long SLOWEST = 20_000;

  /** Largest instance, bytes. */
  private static final long MOST = 4L << 30;

  private final String base;
  private final Credentials credentials;
  private final Duration patience;
  private final HttpClient http;

  /** Ends answers that do not go on. */
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("dicomweb-clock").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * @param base the service's root, such as https://pacs.example/dicom-web
   * @param tls what servers are trusted; null for those that the system trusts
   * @throws DicomWebException where credentials would travel in the open
   */
  public DicomWebClient(URI base, Credentials credentials, SSLContext tls)
      throws DicomWebException {
    this(base, credentials, tls, PATIENCE);
  }

  DicomWebClient(URI base, Credentials credentials, SSLContext tls, Duration patience)
      throws DicomWebException {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http")) || base.getHost() == null) {
      throw new DicomWebException(base + " is no address of a DICOMweb service");
    }
    if (scheme.equals("http") && !credentials.header().isEmpty() && !isHere(base.getHost())) {
      throw new DicomWebException("credentials are sent over https alone, not to " + base);
    }
    this.base = scheme + base.toString().substring(scheme.length()).replaceAll("/+$", "");
    this.credentials = credentials;
    this.patience = patience;
    clock.setRemoveOnCancelPolicy(true);
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(15));
    if (tls != null) {
      builder.sslContext(tls);
    }
    http = builder.build();
  }

  private static boolean isHere(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Searches (QIDO-RS).
   *
   * @param path studies, studies/UID/series, studies/UID/series/UID/instances
   * @param keys attributes, by keyword or tag, with the values to match; limit, offset,
   *     includefield
   * @return the matches in the DICOM JSON model
   */
  public List<JsonNode> query(String path, Map<String, String> keys) throws IOException {
    StringBuilder address = new StringBuilder(base + "/" + path);
    keys.forEach(
        (key, value) ->
            address
                .append(address.indexOf("?") < 0 ? '?' : '&')
                .append(encoded(key))
                .append('=')
                .append(encoded(value)));
    HttpRequest request =
        request(address.toString()).header("Accept", "application/dicom+json").GET().build();
    HttpResponse<InputStream> response = send(request);
    try (InputStream body = body(response)) {
      if (response.statusCode() == 204) {
        return List.of();
      }
      require(response, request, 200);
      List<JsonNode> matches = new ArrayList<>();
      JSON.readTree(body).forEach(matches::add);
      return matches;
    } catch (JsonProcessingException e) {
      throw new DicomWebException(request.uri().getHost() + " answers with no DICOM JSON", e);
    }
  }

  /**
   * Searches until there are no further matches: servers give out as many at once as they like. One
   * that repeats itself has given all.
   *
   * @param uid attribute that tells matches apart
   */
  public List<JsonNode> queryAll(String path, Map<String, String> keys, int uid)
      throws IOException {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    Map<String, String> next = new LinkedHashMap<>(keys);
    int asked = 0;
    int known;
    do {
      known = found.size();
      List<JsonNode> matches = query(path, next);
      matches.forEach(match -> found.putIfAbsent(value(match, uid), match));
      asked += matches.size();
      next.put("offset", Integer.toString(asked));
    } while (found.size() > known);
    return List.copyOf(found.values());
  }

  /** First value of an attribute of a match as text; empty where there is none. */
  public static String value(JsonNode match, int tag) {
    JsonNode value = match.path("%08X".formatted(tag)).path("Value").path(0);
    return value.isObject() ? value.path("Alphabetic").asText("") : value.asText("");
  }

  /**
   * An instance of a study.
   *
   * @param seriesUid Series Instance UID
   * @param uid SOP Instance UID
   */
  public record Instance(String studyUid, String seriesUid, String uid) {
    private String path() {
      return "studies/" + studyUid + "/series/" + seriesUid + "/instances/" + uid;
    }
  }

  /**
   * The instances of a study, or of one of its series.
   *
   * @param seriesUid null for all series
   */
  public List<Instance> instances(String studyUid, String seriesUid) throws IOException {
    List<String> series = new ArrayList<>();
    if (seriesUid == null) {
      String path = "studies/" + uid(studyUid) + "/series";
      for (JsonNode match : queryAll(path, Map.of(), Tag.SERIES_INSTANCE_UID)) {
        series.add(value(match, Tag.SERIES_INSTANCE_UID));
      }
    } else {
      series.add(seriesUid);
    }
    List<Instance> instances = new ArrayList<>();
    for (String one : series) {
      String path = "studies/" + uid(studyUid) + "/series/" + uid(one) + "/instances";
      for (JsonNode match : queryAll(path, Map.of(), Tag.SOP_INSTANCE_UID)) {
        String found = value(match, Tag.SOP_INSTANCE_UID);
        instances.add(new Instance(studyUid, one, uid(found)));
      }
    }
    return instances;
  }

  /** A UID as it may stand in an address and in a file's name. */
  private static String uid(String text) throws DicomWebException {
    if (!text.matches("[0-9][0-9.]{0,63}")) {
      throw new DicomWebException("\"" + text + "\" is no UID");
    }
    return text;
  }

  /**
   * Retrieves an instance (WADO-RS) as it is stored there.
   *
   * @param file is written whole or not at all
   * @param cancelled asked while bytes come in
   * @throws CancellationException when it says so
   */
  public void retrieve(Instance instance, Path file, BooleanSupplier cancelled) throws IOException {
    HttpRequest request =
        request(base + "/" + instance.path())
            .header("Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*")
            .GET()
            .build();
    HttpResponse<InputStream> response = send(request);
    try (InputStream body = body(response)) {
      require(response, request, 200);
      MultipartReader parts =
          new MultipartReader(body, response.headers().firstValue("Content-Type").orElse(""));
      if (!parts.first()) {
        throw new DicomWebException("the server sends nothing for instance " + instance.uid());
      }
      AtomicFile.write(
          file,
          part -> {
            try (OutputStream out =
                new Cancellable(
                    new BufferedOutputStream(Files.newOutputStream(part), 1 << 16), cancelled)) {
              parts.part(out, MOST);
            }
            requireSame(part, instance);
          });
    }
  }

  /** A server that sends another instance must not have it taken for the wanted one. */
  private static void requireSame(Path file, Instance wanted) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      DicomFile header = HeaderReader.read(in);
      if (!header.dataset().string(Tag.SOP_INSTANCE_UID).equals(wanted.uid())) {
        throw new DicomWebException("the server sends another instance than " + wanted.uid());
      }
    }
  }

  /**
   * Stores files (STOW-RS) in one request. It has the longer, the more there is to send.
   *
   * @return SOP Instance UID and Failure Reason (PS3.18 table 10.5.3-2) of what the server did not
   *     take; empty where it took all
   */
  public Map<String, Integer> store(List<Path> files) throws IOException {
    String boundary = "loupe-" + UUID.randomUUID();
    List<BodyPublisher> body = new ArrayList<>();
    long bytes = 0;
    for (Path file : files) {
      requireDicom(file);
      bytes += Files.size(file);
      String head = "--%s\r\nContent-Type: application/dicom\r\n\r\n".formatted(boundary);
      body.add(BodyPublishers.ofString((body.isEmpty() ? "" : "\r\n") + head));
      body.add(BodyPublishers.ofFile(file));
    }
    body.add(BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    HttpRequest request =
        request(base + "/studies")
            .timeout(patience.plusSeconds(bytes / SLOWEST))
            .header(
                "Content-Type",
                "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
            .header("Accept", "application/dicom+json")
            .POST(BodyPublishers.concat(body.toArray(BodyPublisher[]::new)))
            .build();
    HttpResponse<InputStream> response = send(request);
    try (InputStream answer = body(response)) {
      require(response, request, 200, 202, 409);
      Map<String, Integer> failures = new LinkedHashMap<>();
      for (JsonNode item :
          JSON.readTree(answer).path("%08X".formatted(Tag.FAILED_SOP_SEQUENCE)).path("Value")) {
        String reason = value(item, Tag.FAILURE_REASON);
        failures.put(
            value(item, Tag.REFERENCED_SOP_INSTANCE_UID),
            reason.matches("\\d{1,5}") ? Integer.parseInt(reason) : 0);
      }
      if (failures.isEmpty() && response.statusCode() != 200) {
        throw new DicomWebException(
            request.uri().getHost() + " did not take the files: " + response.statusCode());
      }
      return failures;
    } catch (JsonProcessingException e) {
      throw new DicomWebException(request.uri().getHost() + " answers with no DICOM JSON", e);
    }
  }

  private static void requireDicom(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!DicomReader.configured().looksLikeDicom(in.readNBytes(132))) {
        throw new DicomWebException(file + " is not DICOM");
      }
    }
  }

  private HttpRequest.Builder request(String address) throws DicomWebException {
    try {
      HttpRequest.Builder b = HttpRequest.newBuilder(URI.create(address)).timeout(patience);
      return credentials.header().isEmpty() ? b : b.header("Authorization", credentials.header());
    } catch (IllegalArgumentException e) {
      throw new DicomWebException(address + " is no address", e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } catch (IOException e) {
      String why = e.getMessage() == null ? "no connection" : e.getMessage();
      throw new DicomWebException(base + ": " + why, e);
    }
  }

  private InputStream body(HttpResponse<InputStream> response) {
    return new PatientStream(response.body(), clock, patience, response.uri().getHost());
  }

  private static void require(HttpResponse<InputStream> response, HttpRequest request, int... good)
      throws DicomWebException {
    int status = response.statusCode();
    for (int each : good) {
      if (status == each) {
        return;
      }
    }
    String where = request.uri().getHost() + ":" + request.uri().getPort();
    throw new DicomWebException(
        switch (status) {
          case 401 -> where + " wants to know who asks: user and password, or a token";
          case 403 -> where + " does not allow it";
          case 404 -> where + " knows no " + request.uri().getPath();
          default -> where + " answers with status " + status;
        },
        status);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
    clock.shutdownNow();
  }

  /** A stream whose writing ends when it is no longer wanted. */
  private static final class Cancellable extends java.io.FilterOutputStream {
    private final BooleanSupplier cancelled;
    private int count;

    Cancellable(OutputStream out, BooleanSupplier cancelled) {
      super(out);
      this.cancelled = cancelled;
    }

    @Override
    public void write(int b) throws IOException {
      if ((++count & 0x3fff) == 0 && cancelled.getAsBoolean()) {
        throw new CancellationException("retrieval was cancelled");
      }
      out.write(b);
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
      out.write(b, from, length);
    }
  }
}
