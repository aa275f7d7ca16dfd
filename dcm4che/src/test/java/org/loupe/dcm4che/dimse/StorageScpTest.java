package org.loupe.dcm4che.dimse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomJson;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.PixelData;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.study.Progress;

/** Our own sender against our own receiver. */
class StorageScpTest {

  private static final Duration SHORT = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final BlockingQueue<Path> received = new LinkedBlockingQueue<>();

  private Path out() {
    return folder.resolve("out");
  }

  private StorageScp open(DimseNode here, String... callers) throws IOException {
    return StorageScp.open(here, Set.of(callers), out(), received::add, SHORT);
  }

  private static DimseClient sender(DimseNode there) {
    return new DimseClient(there, "SENDER", SHORT);
  }

  private Path fixture(String name) throws IOException {
    Path file = folder.resolve(name.replace('/', '-'));
    try (InputStream in = DicomReader.class.getResourceAsStream(name)) {
      Files.copy(in, file);
    }
    return file;
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static DicomFile read(Path file) throws IOException {
    return DicomReader.builtIn().read(Files.readAllBytes(file));
  }

  @Test
  void receivesWhatIsSent() throws Exception {
    List<Path> files = new ArrayList<>();
    for (String name :
        List.of(
            "explicit_le.dcm",
            "explicit_be.dcm",
            "implicit_le.dcm",
            "deflated.dcm",
            "sequences_explicit.dcm",
            "japanese.dcm",
            "enhanced.dcm",
            "report.dcm",
            "derived/mr_JPEG_LS.dcm",
            "derived/seg_binary.dcm")) {
      files.add(fixture(name));
    }
    DimseNode here = Loopback.free("RECEIVER");
    List<String> told = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public boolean cancelled() {
            return false;
          }

          @Override
          public void report(int done, int total, String what) {
            told.add(done + "/" + total + " " + what);
          }
        };
    try (StorageScp scp = open(here, "SENDER", "OTHER")) {
      sender(scp.node()).echo();
      assertEquals(Map.of(), sender(scp.node()).store(files, progress));
    }
    assertEquals(files.size(), received.size());
    assertEquals(files.size(), told.size());
    assertEquals("1/10 explicit_le.dcm", told.get(0));
    for (Path sent : files) {
      DicomFile mine = read(sent);
      Path copy = out().resolve(mine.dataset().string(Tag.SOP_INSTANCE_UID) + ".dcm");
      DicomFile theirs = read(copy);
      assertTrue(received.contains(copy));
      assertEquals(DicomJson.of(mine.dataset()), DicomJson.of(theirs.dataset()), "" + sent);
      assertEquals("LOUPE", theirs.meta().string(Tag.IMPLEMENTATION_VERSION_NAME));
      assertEquals("SENDER", theirs.meta().string(0x00020016));
      if (FrameReader.isImage(mine)) {
        assertArrayEquals(new PixelData(mine).stored(0), new PixelData(theirs).stored(0));
      }
    }
  }

  /** One association takes 128 presentation contexts: what needs more takes several. */
  @Test
  void plansContexts() {
    Contexts contexts = new Contexts();
    int files = 0;
    while (contexts.add(outgoing("1.2." + files))) {
      files++;
    }
    assertEquals(64, files);
    assertEquals(128, contexts.request().getNumberOfPresentationContexts());
    assertTrue(contexts.add(outgoing("1.2.1")), "it has these already");
  }

  private static Outgoing outgoing(String sopClass) {
    return new Outgoing(Path.of("x"), sopClass, "1.2", TransferSyntax.EXPLICIT_LE);
  }

  @Test
  void knowsWhoMaySend() throws IOException {
    DimseNode here = Loopback.free("RECEIVER");
    try (StorageScp scp = open(here, "OTHER")) {
      DimseException stranger = assertThrows(DimseException.class, () -> sender(scp.node()).echo());
      assertEquals(
          here + ": the association is refused, our title is not known there",
          stranger.getMessage());
      DimseNode wrong = Loopback.node("ELSE", here.port());
      DimseException called =
          assertThrows(DimseException.class, () -> new DimseClient(wrong, "OTHER").echo());
      assertEquals(
          wrong + ": the association is refused, it has another title", called.getMessage());
      DimseException taken = assertThrows(DimseException.class, () -> open(here));
      assertEquals(here + ": the port cannot be listened on", taken.getMessage());
    }
    DimseException gone = assertThrows(DimseException.class, () -> sender(here).echo());
    assertTrue(gone.getMessage().startsWith(here + ": Connection refused"), gone.getMessage());
  }

  /** Sends a data set under other names than its own; returns the status. */
  private static int send(DimseNode there, String sopClass, String uid, DataWriter data)
      throws IOException {
    Contexts contexts = new Contexts();
    contexts.add(outgoing(sopClass));
    try (Dialogue dialogue =
        new Dialogue(there, "SENDER", contexts.request(), SHORT, () -> false)) {
      Answers answers =
          dialogue.ask(
              (association, handler) ->
                  association.cstore(
                      sopClass,
                      uid,
                      Priority.NORMAL,
                      data,
                      TransferSyntax.EXPLICIT_LE.uid(),
                      handler));
      int status = dialogue.next(answers).status();
      dialogue.release();
      return status;
    }
  }

  private static final String MR = "1.2.840.10008.5.1.4.1.1.4";
  private static final String UID = "1.2.826.0.1.3680043.8.498.9.1.1";

  private byte[] dataset() throws IOException {
    byte[] file = Files.readAllBytes(fixture("explicit_le.dcm"));
    int meta = 132 + 12 + read(folder.resolve("explicit_le.dcm")).meta().integer(0x00020000, 0);
    return Arrays.copyOfRange(file, meta, file.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../evil", "/tmp/evil", "1.2..3", "..", "evil", "1.2.3/4"})
  void trustsNoNames(String uid) throws IOException {
    byte[] data = dataset();
    DimseNode here = Loopback.free("RECEIVER");
    try (StorageScp scp = open(here)) {
      assertEquals(
          Status.InvalidObjectInstance, send(scp.node(), MR, uid, (o, s) -> o.write(data)));
      assertEquals(List.of(), left());
    }
  }

  @Test
  void keepsNothingWrong() throws IOException {
    byte[] data = dataset();
    DimseNode here = Loopback.free("RECEIVER");
    try (StorageScp scp = open(here)) {
      int other = Status.DataSetDoesNotMatchSOPClassError;
      assertEquals(other, send(scp.node(), MR, "1.2.3", (o, s) -> o.write(data)));
      assertEquals(other, send(here, "1.2.840.10008.5.1.4.1.1.7", UID, (o, s) -> o.write(data)));
      byte[] text = "this is no data set at all, but a letter".getBytes(StandardCharsets.US_ASCII);
      assertTrue(send(here, MR, UID, (o, s) -> o.write(text)) != Status.Success);
      assertEquals(List.of(), left());
      assertEquals(Status.Success, send(here, MR, UID, (o, s) -> o.write(data)));
      assertEquals(List.of(UID + ".dcm"), left());
    }
    assertArrayEquals(
        new PixelData(read(folder.resolve("explicit_le.dcm"))).stored(0),
        new PixelData(read(out().resolve(UID + ".dcm"))).stored(0));
  }

  /** An archive that knows nothing but what it must. */
  @Test
  void sendsInPlainSyntaxesWhereItMust() throws IOException {
    Files.createDirectories(out());
    DimseNode here = Loopback.free("OLD");
    try (LocalDevice old = new LocalDevice(here.title())) {
      old.connection().setHostname(here.host());
      old.connection().setPort(here.port());
      String implicit = TransferSyntax.IMPLICIT_LE.uid();
      old.entity()
          .addTransferCapability(
              new TransferCapability(null, "*", TransferCapability.Role.SCP, implicit));
      DicomServiceRegistry services = new DicomServiceRegistry();
      services.addDicomService(new InstanceReceiver(out(), received::add));
      old.device().setDimseRQHandler(services);
      assertDoesNotThrow(old.device()::bindConnections);
      Path explicit = fixture("signed_12_of_16.dcm");
      Path jpeg = fixture("derived/mr_JPEG_LS.dcm");
      String refused = read(jpeg).dataset().string(Tag.SOP_INSTANCE_UID);
      assertEquals(
          Map.of(refused, Status.SOPclassNotSupported),
          sender(here).store(List.of(explicit, jpeg), Progress.NONE));
      assertEquals(1, received.size());
      DicomFile copy = read(received.remove());
      assertEquals(TransferSyntax.IMPLICIT_LE, copy.syntax());
      assertArrayEquals(new PixelData(read(explicit)).stored(0), new PixelData(copy).stored(0));
    }
  }

  /** A sender that dies within an instance, and one that falls silent. */
  @Test
  void dropsHalfAnInstance() throws Exception {
    byte[] data = dataset();
    DimseNode here = Loopback.free("RECEIVER");
    StorageScp scp = StorageScp.open(here, Set.of(), out(), received::add, Duration.ofSeconds(1));
    try (scp) {
      Contexts contexts = new Contexts();
      contexts.add(outgoing(MR));
      for (boolean dies : new boolean[] {true, false}) {
        Dialogue dialogue = new Dialogue(here, "SENDER", contexts.request(), SHORT, () -> false);
        try (dialogue) {
          Socket socket = dialogue.association().getSocket();
          Answers answers =
              dialogue.ask(
                  (association, handler) ->
                      association.cstore(
                          MR,
                          UID,
                          Priority.NORMAL,
                          (o, s) -> {
                            o.write(new byte[1 << 20]);
                            if (dies) {
                              socket.close();
                            } else {
                              waitForEnd(association);
                            }
                            o.write(data);
                          },
                          TransferSyntax.EXPLICIT_LE.uid(),
                          handler));
          assertThrows(DimseException.class, () -> dialogue.next(answers));
        }
      }
    }
    assertEquals(List.of(), left());
    assertTrue(received.isEmpty());
  }

  /** Until the other side has had enough. */
  private static void waitForEnd(Association association) {
    try {
      association.waitForSocketClose();
    } catch (InterruptedException | IOException e) {
      assertTrue(e instanceof IOException, "the test was stopped");
    }
  }
}
