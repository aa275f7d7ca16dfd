package org.loupe.dcm4che;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dcm4che.dimse.DimseClient;
import org.loupe.dcm4che.dimse.DimseException;
import org.loupe.dcm4che.dimse.DimseNode;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.PixelData;
import org.loupe.dicom.Tag;
import org.loupe.dicom.cli.DicomCli;
import org.loupe.dicom.web.OrthancServer;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.SrCli;

class ReceiveCommandTest {

  @TempDir Path folder;

  @Test
  void stopsAfterSoManyInstances() throws Exception {
    Path sent = folder.resolve("sent.dcm");
    try (InputStream in = DicomReader.class.getResourceAsStream("explicit_le.dcm")) {
      Files.copy(in, sent);
    }
    int port = OrthancServer.freePort();
    Path out = folder.resolve("out");
    CompletableFuture<Integer> command =
        CompletableFuture.supplyAsync(
            () ->
                SrCli.run(
                    new DicomCli(),
                    "receive",
                    "--address=127.0.0.1",
                    "--port=" + port,
                    "--from=SENDER",
                    "--count=1",
                    "--out=" + out));
    DimseNode node = new DimseNode("LOUPE", "127.0.0.1", port);
    while (!command.isDone() && !answers(node)) {
      Thread.onSpinWait();
    }
    String pacs = node.toString();
    assertEquals(
        ExitStatus.DONE,
        SrCli.run(new DicomCli(), "send", "--pacs=" + pacs, "--title=SENDER", sent.toString()));
    assertEquals(ExitStatus.DONE, command.get());
    var mine = DicomReader.builtIn().read(Files.readAllBytes(sent));
    Path copy = out.resolve(mine.dataset().string(Tag.SOP_INSTANCE_UID) + ".dcm");
    var theirs = DicomReader.builtIn().read(Files.readAllBytes(copy));
    assertArrayEquals(new PixelData(mine).stored(0), new PixelData(theirs).stored(0));
    assertEquals(
        ExitStatus.WRONG_ARGUMENTS,
        SrCli.run(new DicomCli(), "receive", "--port=0", "--out=" + out));
    assertEquals(List.of(copy.getFileName().toString()), List.of(out.toFile().list()));
  }

  private static boolean answers(DimseNode node) {
    try {
      new DimseClient(node, "SENDER").echo();
      return true;
    } catch (DimseException e) {
      return false; // it does not listen yet
    }
  }
}
