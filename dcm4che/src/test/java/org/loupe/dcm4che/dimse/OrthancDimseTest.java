package org.loupe.dcm4che.dimse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.Fixtures;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomJson;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.PixelData;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.cli.DicomCli;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.dicom.web.OrthancServer;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.SrCli;
import org.loupe.study.Progress;

/**
 * Against the DIMSE port of a real Orthanc, which the test starts on loopback and stops. Skipped
 * where Debian's orthanc is missing.
 */
class OrthancDimseTest {

  @TempDir static Path folder;

  private static OrthancServer server;
  private static DimseNode node;
  private static DimseNode here;

  @BeforeAll
  static void start() throws IOException {
    Assumptions.assumeTrue(OrthancServer.installed(), "skipped: orthanc is not installed");
    node = Loopback.free("ORTHANC");
    here = Loopback.free("LOUPE");
    ObjectNode config = new ObjectMapper().createObjectNode();
    config.put("HttpPort", OrthancServer.freePort());
    config.put("DicomServerEnabled", true);
    config.put("DicomAet", node.title());
    config.put("DicomPort", node.port());
    config.put("DicomCheckCalledAet", true);
    config
        .putObject("DicomModalities")
        .putArray("loupe")
        .add(here.title())
        .add(here.host())
        .add(here.port());
    server = OrthancServer.start(folder, config);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.stop();
    }
  }

  private static DimseClient client() {
    return new DimseClient(node, here.title());
  }

  private static DicomFile read(Path file) throws IOException {
    return DicomReader.builtIn().read(Files.readAllBytes(file));
  }

  private static List<Path> demo() {
    Path study = Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");
    return Stream.of("T2", "PD")
        .flatMap(
            series ->
                Stream.of(10, 11, 12)
                    .map(k -> study.resolve(series).resolve("IM%04d.dcm".formatted(k))))
        .toList();
  }

  @Test
  void storesFindsAndMoves() throws IOException {
    client().echo();
    List<Path> sent = demo();
    assertEquals(Map.of(), client().store(sent, Progress.NONE));

    String study = read(sent.get(0)).dataset().string(Tag.STUDY_INSTANCE_UID);
    List<JsonNode> studies =
        client().find(null, Map.of("PatientID", "COLIN27-SIM"), 10, () -> false);
    assertEquals(1, studies.size());
    assertEquals(study, DicomWebClient.value(studies.get(0), Tag.STUDY_INSTANCE_UID));
    assertEquals(List.of(), client().find(null, Map.of("00100020", "nobody"), 10, () -> false));
    List<JsonNode> series = client().find(study, Map.of(), 10, () -> false);
    assertEquals(2, series.size());
    assertEquals("MR", DicomWebClient.value(series.get(0), Tag.MODALITY));
    assertEquals(1, client().find(study, Map.of(), 1, () -> false).size());

    String one = DicomWebClient.value(series.get(0), Tag.SERIES_INSTANCE_UID);
    assertEquals(3, moved(study, one, folder.resolve("series")).size());
    Set<Path> back = moved(study, null, folder.resolve("study"));
    assertEquals(6, back.size());
    for (Path original : sent) {
      DicomFile mine = read(original);
      assertSame("" + original, mine, back);
    }
  }

  private static Set<Path> moved(String study, String series, Path out) throws IOException {
    Set<Path> received = ConcurrentHashMap.newKeySet();
    try (StorageScp scp = StorageScp.open(here, Set.of(node.title()), out, received::add)) {
      DimseClient.Moved moved = client().move(study, series, scp.node().title(), Progress.NONE);
      assertEquals(new DimseClient.Moved(received.size(), 0), moved);
    }
    return received;
  }

  /** The file of the same instance holds the same elements and, frame by frame, samples. */
  private static void assertSame(String name, DicomFile mine, Set<Path> back) throws IOException {
    String uid = mine.dataset().string(Tag.SOP_INSTANCE_UID);
    Path copy =
        back.stream()
            .filter(file -> file.getFileName().toString().equals(uid + ".dcm"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " did not come back"));
    DicomFile theirs = read(copy);
    TransferSyntax sent = mine.syntax().deflated() ? TransferSyntax.EXPLICIT_LE : mine.syntax();
    assertEquals(sent, theirs.syntax(), name);
    assertEquals(DicomJson.of(mine.dataset()), DicomJson.of(theirs.dataset()), name);
    if (mine.dataset().get(Tag.PIXEL_DATA) != null) {
      PixelData before = new PixelData(mine);
      PixelData after = new PixelData(theirs);
      assertEquals(before.frames(), after.frames(), name);
      for (int k = 0; k < before.frames(); k++) {
        assertArrayEquals(before.stored(k), after.stored(k), name);
      }
    }
  }

  /** Every sound fixture, in every transfer syntax that there is, there and back again. */
  @Test
  void takesEveryFixtureAndGivesItBack() throws Exception {
    Map<String, Path> files = new TreeMap<>();
    Map<String, DicomFile> originals = new LinkedHashMap<>();
    Set<String> studies = new TreeSet<>();
    Path out = Files.createDirectory(folder.resolve("fixtures"));
    Map<String, byte[]> fixtures = Fixtures.of("dicom");
    fixtures.keySet().removeIf(name -> name.startsWith("bad_"));
    for (Map.Entry<String, byte[]> fixture : fixtures.entrySet()) {
      byte[] bytes = ownInstance(fixture.getValue(), files.size());
      DicomFile file = DicomReader.builtIn().read(bytes);
      Path path = out.resolve(files.size() + ".dcm");
      Files.write(path, bytes);
      files.put(fixture.getKey(), path);
      originals.put(fixture.getKey(), file);
      studies.add(file.dataset().string(Tag.STUDY_INSTANCE_UID));
    }
    assertTrue(files.size() > 100, files.size() + " files");
    assertEquals(Map.of(), client().store(List.copyOf(files.values()), Progress.NONE));
    List<JsonNode> named = client().find(null, Map.of("PatientName", "Wörner*"), 10, () -> false);
    assertEquals("Wörner^Ada", DicomWebClient.value(named.get(0), Tag.PATIENT_NAME));
    Set<Path> back = new TreeSet<>();
    for (String study : studies) {
      back.addAll(moved(study, null, folder.resolve("back")));
    }
    assertEquals(files.size(), back.size());
    for (Map.Entry<String, DicomFile> original : originals.entrySet()) {
      assertSame(original.getKey(), original.getValue(), back);
    }
  }

  /** Many fixtures are the same instance, compressed in other ways: each gets a UID of its own. */
  private static byte[] ownInstance(byte[] bytes, int number) throws IOException {
    String old = DicomReader.builtIn().read(bytes).dataset().string(Tag.SOP_INSTANCE_UID);
    String own = old.substring(0, old.length() - 6) + (100_000 + number);
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace(old, own)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void saysWhyItIsRefused() {
    DimseNode wrong = Loopback.node("WRONG", node.port());
    DimseException called =
        assertThrows(DimseException.class, () -> new DimseClient(wrong, "LOUPE").echo());
    assertEquals(wrong + ": the association is refused, it has another title", called.getMessage());
    DimseException nowhere =
        assertThrows(
            DimseException.class, () -> client().move("1.2.3", null, "NOWHERE", Progress.NONE));
    assertTrue(nowhere.getMessage().startsWith("" + node), nowhere.getMessage());
    DimseException stranger =
        assertThrows(
            DimseException.class,
            () -> new DimseClient(node, "STRANGER").find(null, Map.of(), 1, () -> false));
    assertTrue(stranger.getMessage().startsWith("" + node), stranger.getMessage());
  }

  /** The commands, on the archive and from one to another. */
  @Test
  void hasCommands() throws IOException {
    String pacs = node.toString();
    assertEquals(ExitStatus.DONE, run("echo", "--pacs", pacs));
    String file = demo().get(0).toString();
    assertEquals(ExitStatus.DONE, run("send", "--pacs", pacs, file));
    Path json = folder.resolve("found.json");
    assertEquals(
        ExitStatus.DONE,
        run("find", "--pacs", pacs, "PatientID=COLIN27-SIM", "--json", json.toString()));
    JsonNode found = new ObjectMapper().readTree(json.toFile());
    String study = DicomWebClient.value(found.get(0), Tag.STUDY_INSTANCE_UID);
    Path out = folder.resolve("moved");
    String port = Integer.toString(here.port());
    assertEquals(
        ExitStatus.DONE,
        run("move", "--pacs", pacs, "--study", study, "--port", port, "--out", out.toString()));
    try (Stream<Path> files = Files.list(out)) {
      assertTrue(files.count() > 0);
    }
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run("echo", "--pacs", "somewhere"));
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run("echo", "--pacs", pacs, "--title", "A\\B"));
    assertEquals(
        ExitStatus.UNREADABLE_INPUT, run("echo", "--pacs", "ELSE@127.0.0.1:" + node.port()));
  }

  private static int run(String... arguments) {
    return SrCli.run(new DicomCli(), arguments);
  }
}
