package org.loupe.viewer.advisory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the check finds what it is for. */
class AdvisoriesTest {

  /** As OSV writes them: two ranges, one of commits, and fields that are not used. */
  private static final String LOGBACK =
      """
      {"id":"GHSA-668q-qrv7-99fm","aliases":["CVE-2021-42550"],
       "summary":"Deserialization of untrusted data in logback","details":"long",
       "affected":[{"package":{"ecosystem":"Maven","name":"ch.qos.logback:logback-core",
         "purl":"pkg:maven/ch.qos.logback/logback-core"},
         "ranges":[{"type":"GIT","repo":"x","events":[{"introduced":"0"}]},
           {"type":"ECOSYSTEM","events":[{"fixed":"1.2.9"},{"introduced":"0"}]},
           {"type":"ECOSYSTEM","events":[{"introduced":"1.3.0-alpha1"},
             {"last_affected":"1.3.0-alpha10"}]}],
         "versions":["1.4.0-odd"]}],
       "references":[{"type":"WEB","url":"https://example.com"}]}\
      """;

  @TempDir Path folder;

  private static Advisories constructed() throws IOException {
    return Advisories.of(
        "{\"collected\":\"2026-01-02\",\"packages\":[],\"advisories\":[" + LOGBACK + "]}");
  }

  private static boolean hit(String version) throws IOException {
    return !constructed()
        .affecting(new Library("Maven", "ch.qos.logback:logback-core", version))
        .isEmpty();
  }

  @Test
  void catchesAVulnerableVersion() throws IOException {
    assertTrue(hit("1.2.3"));
    assertEquals(
        "GHSA-668q-qrv7-99fm",
        constructed()
            .affecting(new Library("Maven", "ch.qos.logback:logback-core", "1.2.3"))
            .get(0)
            .id());
  }

  @Test
  void rangesEndWhereTheySay() throws IOException {
    assertTrue(hit("0.1"));
    assertTrue(hit("1.2.8"));
    assertTrue(hit("1.2.9-rc1"), "a candidate comes before its release");
    assertFalse(hit("1.2.9"));
    assertFalse(hit("1.2.10"), "numbers are compared as numbers");
    assertTrue(hit("1.3.0-alpha1"));
    assertTrue(hit("1.3.0-alpha10"), "the last affected one is affected");
    assertFalse(hit("1.3.0-alpha11"));
    assertTrue(hit("1.4.0-odd"), "named alone");
    assertFalse(hit("1.4.0"));
  }

  @Test
  void othersAreNotMeant() throws IOException {
    Advisories all = constructed();
    assertEquals(
        List.of(), all.affecting(new Library("PyPI", "ch.qos.logback:logback-core", "1.2.3")));
    assertEquals(
        List.of(), all.affecting(new Library("Maven", "ch.qos.logback:logback-classic", "1.2.3")));
  }

  @Test
  void writesWhatItReads() throws IOException {
    Advisories all = constructed();
    assertEquals(all, Advisories.of(all.json()));
    assertFalse(all.json().contains("details"), "only what is used is kept");
  }

  @Test
  void whatIsInsideAnotherLibraryIsKnown() throws IOException {
    Path list = folder.resolve("dependencies.txt");
    Files.writeString(
        list,
        """

        The following files have been resolved:
           io.grpc:grpc-netty-shaded:jar:1.0:compile -- module io.grpc.netty.shaded
           ai.djl.pytorch:pytorch-native-cpu:jar:linux-x86_64:2.7.1:runtime
           org.openjfx:javafx-base:jar:26.0.2:compile
           org.openjfx:javafx-base:jar:linux:26.0.2:compile
           org.junit.jupiter:junit-jupiter:jar:6.1.3:test
        """);
    List<Library> shipped = ShippedLibraries.read(list);
    assertTrue(shipped.contains(new Library("PyPI", "torch", "2.7.1")));
    Library http2 =
        shipped.stream()
            .filter(l -> l.name().equals("io.netty:netty-codec-http2"))
            .findFirst()
            .orElseThrow();
    assertTrue(http2.version().endsWith(".Final"), http2.version());
    assertEquals(1, shipped.stream().filter(l -> l.name().contains("javafx-base")).count());
    assertTrue(shipped.stream().noneMatch(l -> l.name().contains("junit")));
  }

  /** Against a server that answers as OSV does, in two pages. */
  @Test
  void renewalAsksForAllAndFollowsPages() throws IOException, InterruptedException {
    List<JsonNode> asked = new ArrayList<>();
    HttpServer osv =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    osv.createContext(
        "/v1/query",
        exchange -> {
          JsonNode question = Advisories.JSON.readTree(exchange.getRequestBody());
          asked.add(question);
          boolean logback = question.path("package").path("name").asText().contains("logback");
          String answer = "{}";
          if (logback && question.path("page_token").isMissingNode()) {
            answer = "{\"vulns\":[],\"next_page_token\":\"more\"}";
          } else if (logback) {
            answer = "{\"vulns\":[" + LOGBACK + "]}";
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    osv.start();
    try {
      URI service = URI.create("http://localhost:" + osv.getAddress().getPort());
      Advisories found =
          new RenewAdvisories(service.resolve("/v1/query"))
              .collect(
                  List.of(
                      new Library("PyPI", "torch", "2.7.1"),
                      new Library("Maven", "ch.qos.logback:logback-core", "1.2.3")),
                  LocalDate.of(2026, 1, 2));
      assertEquals(3, asked.size());
      assertEquals("more", asked.get(2).path("page_token").asText());
      assertEquals(List.of("Maven/ch.qos.logback:logback-core", "PyPI/torch"), found.packages());
      assertEquals(constructed().advisories(), found.advisories());
      assertEquals(LocalDate.of(2026, 1, 2), found.day());
      RenewAdvisories wrong = new RenewAdvisories(service.resolve("/nothing"));
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  wrong.collect(
                      List.of(new Library("PyPI", "torch", "1")), LocalDate.of(2026, 1, 2)));
      assertEquals("PyPI/torch: HTTP 404", e.getMessage());
    } finally {
      osv.stop(0);
    }
  }
}
