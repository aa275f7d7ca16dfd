package org.loupe.dcm4che.dimse;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRQHandler;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.PresentationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.study.Progress;

/** What goes wrong between a client and a node: one line, in bounded time. */
class DimseClientTest {

  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path folder;

  @Test
  void readsAddresses() {
    DimseNode node = DimseNode.of("PACS@archive.example:104");
    assertEquals(new DimseNode("PACS", "archive.example", 104), node);
    assertEquals("PACS@archive.example:104", node.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PACS",
        "PACS@host",
        "@host:104",
        "PACS@host:0",
        "PACS@host:70000",
        "A B@host:1",
        "SEVENTEEN_LETTERS@host:104",
        "PACS@host:x",
        "A\\B@host:104",
        "PACS@ :104"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThrows(IllegalArgumentException.class, () -> DimseNode.of(text));
  }

  /** Somebody who takes calls and says nothing. */
  private static ServerSocket silence() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @Test
  void silenceEndsInAMessage() throws IOException {
    try (ServerSocket socket = silence()) {
      DimseNode node = Loopback.node("SILENT", socket.getLocalPort());
      DimseException e =
          assertThrows(DimseException.class, () -> new DimseClient(node, "LOUPE", SHORT).echo());
      assertEquals(
          node + ": the association was broken off, or not accepted in time", e.getMessage());
    }
  }

  /** Somebody who takes the association, and then says nothing. */
  @Test
  void silenceWithinAnAssociationEndsInAMessage() throws IOException {
    DimseNode node = Loopback.free("SILENT");
    try (LocalDevice silent = new LocalDevice(node.title())) {
      silent.connection().setHostname(node.host());
      silent.connection().setPort(node.port());
      silent
          .entity()
          .addTransferCapability(
              new TransferCapability(null, "*", TransferCapability.Role.SCP, "*"));
      silent.device().setDimseRQHandler(new Silence());
      assertDoesNotThrow(silent.device()::bindConnections);
      DimseClient client = new DimseClient(node, "LOUPE", SHORT);
      assertSaid("no answer within 1 s", client::echo);
      DimseClient patient = new DimseClient(node, "LOUPE");
      assertThrows(CancellationException.class, () -> patient.find(null, Map.of(), 1, counted(5)));
    }
  }

  /** Says yes after so many questions. */
  private static BooleanSupplier counted(int questions) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.incrementAndGet() > questions;
  }

  private static final class Silence implements DimseRQHandler {
    @Override
    public void onDimseRQ(
        Association association,
        PresentationContext context,
        Dimse dimse,
        Attributes command,
        PDVInputStream data) {}

    @Override
    public void onClose(Association association) {}
  }

  @Test
  void waitingIsCancelled() throws Exception {
    try (ServerSocket socket = silence()) {
      DimseNode node = Loopback.node("SILENT", socket.getLocalPort());
      DimseClient client = new DimseClient(node, "LOUPE");
      assertThrows(CancellationException.class, () -> client.find(null, Map.of(), 10, () -> true));
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, client::echo);
      assertTrue(Thread.interrupted());
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("dimse-")) {
        // What has ended for its pool may have some steps left to go.
        assertTrue(thread.join(SHORT), thread + " of a closed association");
      }
    }
  }

  @Test
  void wrongArgumentsAreSaid() throws IOException {
    DimseClient client = new DimseClient(Loopback.free("NOBODY"), "LOUPE", SHORT);
    assertSaid(
        "\"Colour\" is no attribute's",
        () -> client.find(null, Map.of("Colour", "red"), 1, () -> false));
    assertSaid("\"../1\" is no UID", () -> client.find("../1", Map.of(), 1, () -> false));
    assertSaid("\"x\" is no UID", () -> client.move("1.2", "x", "LOUPE", Progress.NONE));
    Path text = Files.writeString(folder.resolve("note.txt"), "no DICOM at all");
    assertSaid("note.txt is not DICOM", () -> client.store(List.of(text), Progress.NONE));
    assertSaid("Connection refused", client::echo);
  }

  private static void assertSaid(String words, Executable call) {
    DimseException e = assertThrows(DimseException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
