package org.loupe.dicom.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.PixelData;
import org.loupe.dicom.Tag;
import org.loupe.net.TlsIdentity;
import org.loupe.net.TrustedCertificates;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;

/**
 * Against a real Orthanc with its DICOMweb plugin, which the test starts on loopback, with a
 * password, and stops. Skipped where Debian's orthanc and orthanc-dicomweb are missing. Debian's
 * Orthanc 1.10 breaks down at the first TLS connection of its own: it stands behind a {@link
 * TlsFront} for those.
 */
class OrthancTest {

  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
  private static final char[] PASSWORD = "a secret".toCharArray();

  @TempDir static Path folder;
  private static OrthancServer server;
  private static int port;
  private static URI url;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        OrthancServer.installed() && Files.exists(PLUGIN),
        "skipped: orthanc and orthanc-dicomweb are not installed");
    port = OrthancServer.freePort();
    ObjectNode config = new ObjectMapper().createObjectNode();
    config.put("HttpPort", port);
    config.put("DicomServerEnabled", false);
    config.put("AuthenticationEnabled", true);
    config.putObject("RegisteredUsers").put("loupe", new String(PASSWORD));
    config.putArray("Plugins").add(PLUGIN.toString());
    config.putObject("DicomWeb").put("Enable", true).put("Root", "/dicom-web/");
    server = OrthancServer.start(folder, config);
    url = URI.create("http://127.0.0.1:" + port + "/dicom-web/");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.stop();
    }
  }

  private static DicomWebClient client() throws IOException {
    return new DicomWebClient(url, Credentials.basic("loupe", PASSWORD), null);
  }

  @Test
  void storesFindsAndRetrieves() throws IOException {
    try (DicomWebClient client = client()) {
      roundTrip(client, folder.resolve("fetched"));
    }
  }

  @Test
  void storesFindsAndRetrievesOverTls() throws Exception {
    TlsIdentity identity = TlsIdentity.in(folder);
    try (TlsFront front = new TlsFront(identity, port)) {
      URI secure = URI.create("https://localhost:" + front.port() + "/dicom-web/");
      Credentials basic = Credentials.basic("loupe", PASSWORD);
      try (DicomWebClient client =
              new DicomWebClient(secure, basic, TrustedCertificates.of(identity.certificate()));
          DicomWebClient distrustful = new DicomWebClient(secure, basic, null)) {
        assertThrows(DicomWebException.class, () -> distrustful.query("studies", Map.of()));
        roundTrip(client, folder.resolve("fetched over TLS"));
      }
    }
  }

  /** Stored, found, fetched, opened: the series is the one that was sent, sample by sample. */
  private static void roundTrip(DicomWebClient client, Path out) throws IOException {
    Path demo = Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");
    List<Path> sent = new ArrayList<>();
    for (String series : List.of("T2", "PD")) {
      for (int k = 10; k <= 12; k++) {
        sent.add(demo.resolve(series).resolve("IM%04d.dcm".formatted(k)));
      }
    }
    String study =
        DicomReader.builtIn()
            .read(Files.readAllBytes(sent.get(0)))
            .dataset()
            .string(Tag.STUDY_INSTANCE_UID);
    assertEquals(Map.of(), client.store(sent));

    List<JsonNode> found = client.query("studies", Map.of("PatientID", "COLIN27-SIM"));
    assertEquals(1, found.size());
    assertEquals(study, DicomWebClient.value(found.get(0), Tag.STUDY_INSTANCE_UID));
    assertEquals(List.of(), client.query("studies", Map.of("PatientID", "nobody")));
    assertEquals(2, client.query("studies/" + study + "/series", Map.of()).size());

    // Cancelled after the first file, taken up again.
    List<String> told = new ArrayList<>();
    Progress once =
        new Progress() {
          @Override
          public boolean cancelled() {
            return !told.isEmpty();
          }

          @Override
          public void report(int done, int total, String what) {
            told.add(what);
          }
        };
    Retrieval retrieval = new Retrieval(client);
    assertThrows(CancellationException.class, () -> retrieval.run(study, null, out, once));
    assertTrue(Files.exists(out.resolve(told.get(0))));
    List<Path> files = retrieval.run(study, null, out, Progress.NONE);
    assertEquals(6, files.size());

    Loaded loaded = new StudyLoader().load(List.of(out), Progress.NONE);
    assertEquals(List.of(), loaded.problems());
    assertEquals(2, loaded.allSeries().size());
    for (Path original : sent) {
      var mine = DicomReader.builtIn().read(Files.readAllBytes(original));
      Path copy = out.resolve(mine.dataset().string(Tag.SOP_INSTANCE_UID) + ".dcm");
      var theirs = DicomReader.builtIn().read(Files.readAllBytes(copy));
      assertArrayEquals(new PixelData(mine).stored(0), new PixelData(theirs).stored(0));
    }
  }

  /** What Loupe writes is taken by Orthanc, indexed, and comes back. */
  @Test
  void takesEveryKindOfObjectThatLoupeWrites() throws IOException {
    List<Path> objects = new ArrayList<>();
    for (String name :
        List.of(
            "mr",
            "mr_JPEG_2000",
            "mr_JPEG_LS",
            "mr_enhanced_NONE",
            "mr_enhanced_JPEG_2000",
            "mr_enhanced_JPEG_LS",
            "mr_anonymous",
            "seg_binary",
            "seg_fractional",
            "sr",
            "ko",
            "pr")) {
      Path file = folder.resolve(name + ".dcm");
      try (InputStream in = Tag.class.getResourceAsStream("derived/" + name + ".dcm")) {
        Files.copy(in, file);
      }
      objects.add(file);
    }
    try (DicomWebClient client = client()) {
      assertEquals(Map.of(), client.store(objects));
      List<Path> back =
          new Retrieval(client).run("2.25.1000", null, folder.resolve("back"), Progress.NONE);
      assertEquals(11, back.size());
      List<JsonNode> series = client.query("studies/2.25.1000/series", Map.of("Modality", "SEG"));
      assertEquals(2, series.size());
    }
  }

  @Test
  void saysWhyItIsRefused() throws IOException {
    try (DicomWebClient stranger = new DicomWebClient(url, Credentials.NONE, null)) {
      DicomWebException e =
          assertThrows(DicomWebException.class, () -> stranger.query("studies", Map.of()));
      assertTrue(e.getMessage().contains("wants to know who asks"), e.getMessage());
    }
    try (DicomWebClient client = client()) {
      DicomWebException e =
          assertThrows(
              DicomWebException.class,
              () -> new Retrieval(client).run("1.2.3", null, folder.resolve("x"), Progress.NONE));
      assertTrue(e.getMessage().contains("1.2.3"), e.getMessage());
      Path text = Files.writeString(folder.resolve("note.txt"), "no DICOM at all");
      DicomWebException no =
          assertThrows(DicomWebException.class, () -> client.store(List.of(text)));
      assertTrue(no.getMessage().contains("is not DICOM"), no.getMessage());
    }
  }
}
