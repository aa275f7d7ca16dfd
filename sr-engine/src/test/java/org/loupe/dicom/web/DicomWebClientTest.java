package org.loupe.dicom.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.Tag;
import org.loupe.net.TlsIdentity;
import org.loupe.net.TrustedCertificates;
import org.loupe.study.Progress;

/** Servers that behave badly, and bearer tokens: a server within the test answers. */
class DicomWebClientTest {

  @TempDir Path folder;
  private HttpServer server;
  private URI url;
  private String authorization = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    url = URI.create("http://localhost:" + server.getAddress().getPort() + "/dicom-web");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, int status, String type, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          String sent = exchange.getRequestHeaders().getFirst("Authorization");
          authorization = sent == null ? "" : sent;
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void bearerTokensGoWithEveryRequest() throws IOException {
    answer(
        "/dicom-web/studies",
        200,
        "application/dicom+json",
        bytes("[{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}}]"));
    try (DicomWebClient client = new DicomWebClient(url, Credentials.bearer("t0ken"), null)) {
      var found = client.query("studies", Map.of("PatientName", "Dö*"));
      assertEquals("1.2", DicomWebClient.value(found.get(0), Tag.STUDY_INSTANCE_UID));
    }
    assertEquals("Bearer t0ken", authorization);
    assertEquals("credentials", Credentials.bearer("t0ken").toString());
  }

  /** Over TLS, to a server whose certificate is trusted; not to one whose is not. */
  @Test
  void tlsTrustsWhatItIsToldToTrust() throws Exception {
    TlsIdentity identity = TlsIdentity.in(folder);
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(identity.tls()));
    secure.createContext(
        "/dicom-web/studies",
        exchange -> {
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    secure.start();
    URI address = URI.create("https://localhost:" + secure.getAddress().getPort() + "/dicom-web");
    Credentials basic = Credentials.basic("Jö", "a:b".toCharArray());
    try (DicomWebClient client =
            new DicomWebClient(address, basic, TrustedCertificates.of(identity.certificate()));
        DicomWebClient distrustful = new DicomWebClient(address, basic, null)) {
      assertEquals(0, client.query("studies", Map.of()).size());
      assertEquals("Basic SsO2OmE6Yg==", authorization);
      assertThrows(DicomWebException.class, () -> distrustful.query("studies", Map.of()));
    } finally {
      secure.stop(0);
    }
    IOException e =
        assertThrows(
            IOException.class,
            () -> TrustedCertificates.of(Files.createFile(folder.resolve("empty.pem"))));
    assertTrue(e.getMessage().contains("empty.pem"), e.getMessage());
  }

  @Test
  void credentialsDoNotTravelInTheOpen() {
    URI open = URI.create("http://192.0.2.1/dicom-web");
    DicomWebException e =
        assertThrows(
            DicomWebException.class, () -> new DicomWebClient(open, Credentials.bearer("x"), null));
    assertTrue(e.getMessage().contains("https alone"));
    assertThrows(
        DicomWebException.class,
        () -> new DicomWebClient(URI.create("ftp://a/b"), Credentials.NONE, null));
  }

  @Test
  void redirectionsAreNotFollowed() throws IOException {
    answer("/dicom-web/studies", 302, "text/plain", new byte[0]);
    try (DicomWebClient client = new DicomWebClient(url, Credentials.NONE, null)) {
      DicomWebException e =
          assertThrows(DicomWebException.class, () -> client.query("studies", Map.of()));
      assertTrue(e.getMessage().contains("302"), e.getMessage());
    }
  }

  @Test
  void answersThatAreNoneAreMessages() throws IOException {
    answer("/dicom-web/studies", 200, "text/html", bytes("<html>login</html>"));
    DicomWebClient.Instance instance = new DicomWebClient.Instance("1.2", "1.2.3", "1.2.3.4");
    Path file = folder.resolve("a.dcm");
    try (DicomWebClient client = new DicomWebClient(url, Credentials.NONE, null)) {
      assertThrows(DicomWebException.class, () -> client.query("studies", Map.of()));
      assertThrows(DicomWebException.class, () -> client.retrieve(instance, file, () -> false));
    }
    assertFalse(Files.exists(file));
  }

  /** Another instance, half of one, or one that is no longer wanted leaves no file. */
  @Test
  void nothingWrongStays() throws IOException {
    byte[] image;
    try (InputStream in = Tag.class.getResourceAsStream("explicit_le.dcm")) {
      image = in.readAllBytes();
    }
    String head = "--B\r\nContent-Type: application/dicom\r\n\r\n";
    String content = new String(image, StandardCharsets.ISO_8859_1);
    String type = "multipart/related; type=\"application/dicom\"; boundary=B";
    String base = "/dicom-web/studies/1/series/1/instances/";
    answer(base + "1", 200, type, bytes(head + content + "\r\n--B--"));
    answer(base + "2", 200, type, bytes(head + content.substring(0, 300)));
    answer(base + "3", 200, type, bytes(head + "x".repeat(200_000) + "\r\n--B--"));
    try (DicomWebClient client = new DicomWebClient(url, Credentials.NONE, null)) {
      Path file = folder.resolve("a.dcm");
      DicomWebException other =
          assertThrows(
              DicomWebException.class,
              () -> client.retrieve(new DicomWebClient.Instance("1", "1", "1"), file, () -> false));
      assertTrue(other.getMessage().contains("another instance"), other.getMessage());
      assertThrows(
          DicomWebException.class,
          () -> client.retrieve(new DicomWebClient.Instance("1", "1", "2"), file, () -> false));
      assertThrows(
          CancellationException.class,
          () -> client.retrieve(new DicomWebClient.Instance("1", "1", "3"), file, () -> true));
      assertFalse(Files.exists(file));
      try (var left = Files.list(folder)) {
        assertEquals(0, left.count());
      }
    }
  }

  private static String match(int tag, String uid) {
    return "{\"%08X\":{\"vr\":\"UI\",\"Value\":[\"%s\"]}}".formatted(tag, uid);
  }

  /** Gives out two matches at once, from the offset that it is asked for; none beyond the last. */
  private void pages(String path, int tag, int count) {
    server.createContext(
        path,
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          int from =
              query == null ? 0 : Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1"));
          List<String> found = new ArrayList<>();
          for (int n = from; n < Math.min(count, from + 2); n++) {
            found.add(match(tag, "1.2." + (n + 1)));
          }
          byte[] body = bytes("[" + String.join(",", found) + "]");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  /** Servers that give out a part at once, and one that knows no parts and repeats itself. */
  @Test
  void asksUntilAllInstancesAreThere() throws IOException {
    pages("/dicom-web/studies/1/series", Tag.SERIES_INSTANCE_UID, 3);
    for (int n = 1; n <= 3; n++) {
      pages("/dicom-web/studies/1/series/1.2." + n + "/instances", Tag.SOP_INSTANCE_UID, 5);
    }
    String two = "[%s,%s]".formatted(match(0x00080018, "7.1"), match(0x00080018, "7.2"));
    answer("/dicom-web/studies/2/series/3/instances", 200, "application/dicom+json", bytes(two));
    try (DicomWebClient client = new DicomWebClient(url, Credentials.NONE, null)) {
      assertEquals(15, client.instances("1", null).size());
      assertEquals("1.2.5", client.instances("1", null).get(14).uid());
      assertEquals(2, client.instances("2", "3").size());
      assertThrows(DicomWebException.class, () -> client.instances("..", "3"));
    }
  }

  /** Much to send takes its time; a server that takes it while it does is not given up. */
  @Test
  void patienceGrowsWithWhatIsSent() throws Exception {
    Path file = folder.resolve("large.dcm");
    byte[] content = new byte[100_000];
    System.arraycopy(bytes("DICM"), 0, content, 128, 4);
    Files.write(file, content);
    Duration patience = Duration.ofMillis(200);
    CountDownLatch never = new CountDownLatch(1);
    server.createContext(
        "/dicom-web/studies",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            assertFalse(never.await(2 * patience.toMillis(), TimeUnit.MILLISECONDS));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(bytes("{}"));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (DicomWebClient client = new DicomWebClient(url, Credentials.NONE, null, patience)) {
      assertEquals(Map.of(), client.store(List.of(file)));
    }
  }

  /** Sends half of an instance and no more until the latch lets it. */
  private CountDownLatch half(String path, CountDownLatch begun) throws IOException {
    byte[] image;
    try (InputStream in = Tag.class.getResourceAsStream("explicit_le.dcm")) {
      image = in.readAllBytes();
    }
    CountDownLatch rest = new CountDownLatch(1);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange
                .getResponseHeaders()
                .set("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=B");
            exchange.sendResponseHeaders(200, 1 << 20);
            OutputStream out = exchange.getResponseBody();
            out.write(bytes("--B\r\n\r\n"));
            out.write(image);
            out.flush();
            begun.countDown();
            rest.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return rest;
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws IOException {
    CountDownLatch rest = half("/dicom-web/studies/1/series/1/instances/1", new CountDownLatch(1));
    Path file = folder.resolve("a.dcm");
    try (DicomWebClient client =
        new DicomWebClient(url, Credentials.NONE, null, Duration.ofSeconds(1))) {
      DicomWebException e =
          assertThrows(
              DicomWebException.class,
              () -> client.retrieve(new DicomWebClient.Instance("1", "1", "1"), file, () -> false));
      assertEquals("localhost was silent for 1 s", e.getMessage());
    } finally {
      rest.countDown();
    }
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  /** Whoever cancels may delete the folder at once; what was killed before is cleared away. */
  @Test
  void nothingUnfinishedStays() throws IOException {
    String instances = "/dicom-web/studies/1/series/1/instances";
    answer(instances, 200, "application/dicom+json", bytes("[" + match(0x00080018, "5") + "]"));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch rest = half(instances + "/5", begun);
    Path killed = Files.writeString(folder.resolve(".part-killed-4.dcm"), "half");
    Progress cancelling = Progress.of(() -> begun.getCount() == 0, (done, total, what) -> {});
    try (DicomWebClient client = new DicomWebClient(url, Credentials.NONE, null)) {
      Retrieval retrieval = new Retrieval(client);
      assertThrows(CancellationException.class, () -> retrieval.run("1", "1", folder, cancelling));
      try (var left = Files.list(folder)) {
        assertEquals(List.of(), left.toList());
      }
    } finally {
      rest.countDown();
    }
    assertFalse(Files.exists(killed));
  }

  @Test
  void schemesMayBeWrittenInCapitals() throws IOException {
    answer("/dicom-web/studies", 204, "text/plain", new byte[0]);
    URI capitals = URI.create(url.toString().replace("http://", "HTTP://"));
    try (DicomWebClient client = new DicomWebClient(capitals, Credentials.NONE, null)) {
      assertEquals(List.of(), client.query("studies", Map.of()));
    }
    assertThrows(
        DicomWebException.class,
        () -> new DicomWebClient(URI.create("HTTP://192.0.2.1/"), Credentials.bearer("x"), null));
  }
}
