package org.loupe.dicom.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.PixelData;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.SrCli;

class DicomCliTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** Against pydicom's JSON (src/test/tools/make_codec_fixtures.py). */
  @Test
  void dumpsTheJsonModel() throws IOException {
    Path out = folder.resolve("out");
    assertEquals(0, run("dump", resource("model.dcm").toString(), "--out", out.toString()));
    JsonNode mine = JSON.readTree(out.resolve("model.json").toFile());
    JsonNode want = JSON.readTree(Files.readAllBytes(resource("model.json")));
    assertEquals(names(want), names(mine));
    for (String tag : names(want)) {
      assertSame(tag, want.get(tag), mine.get(tag));
    }
    assertFalse(Files.exists(out.resolve("model.error")));
  }

  private static void assertSame(String where, JsonNode want, JsonNode mine) {
    if (want.isNumber()) {
      assertEquals(want.asDouble(), mine.asDouble(), where);
    } else if (want.isObject()) {
      assertEquals(names(want), names(mine), where);
      names(want).forEach(n -> assertSame(where + " " + n, want.get(n), mine.get(n)));
    } else if (want.isArray()) {
      assertEquals(want.size(), mine.size(), where);
      for (int n = 0; n < want.size(); n++) {
        assertSame(where, want.get(n), mine.get(n));
      }
    } else {
      assertEquals(want, mine, where);
    }
  }

  private static List<String> names(JsonNode node) {
    return ((ObjectNode) node).propertyStream().map(e -> e.getKey()).sorted().toList();
  }

  @Test
  void writesStoredValuesAndGoesOnAfterAFailure() throws IOException {
    Path out = folder.resolve("out");
    int status =
        run(
            "pixels",
            resource("bad_truncated.dcm").toString(),
            resource("signed_12_of_16.dcm").toString(),
            folder.resolve("nothing.dcm").toString(),
            "--out",
            out.toString());
    assertEquals(ExitStatus.UNREADABLE_INPUT, status);
    String error = Files.readString(out.resolve("bad_truncated.error"));
    assertTrue(error.startsWith("truncated: (7FE0,0010)"), error);
    assertEquals(1, error.lines().count());
    assertEquals("no such file\n", Files.readString(out.resolve("nothing.error")));
    JsonNode layout = JSON.readTree(out.resolve("signed_12_of_16.json").toFile());
    assertEquals(6, layout.get("rows").asInt());
    assertEquals(8, layout.get("columns").asInt());
    assertEquals(1, layout.get("frames").asInt());
    assertEquals(1, layout.get("samples").asInt());
    assertTrue(layout.get("signed").asBoolean());
    assertEquals("MONOCHROME2", layout.get("photometric").asText());
    ByteBuffer raw =
        ByteBuffer.wrap(Files.readAllBytes(out.resolve("signed_12_of_16.raw")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int[] values = new int[48];
    for (int n = 0; n < values.length; n++) {
      values[n] = raw.getShort();
    }
    byte[] file = Files.readAllBytes(resource("signed_12_of_16.dcm"));
    assertArrayEquals(new PixelData(DicomReader.configured().read(file)).stored(0), values);
    assertFalse(raw.hasRemaining());
  }

  @Test
  void listsStudiesWithoutPixels() throws IOException {
    Path json = folder.resolve("list.json");
    Path study = Files.createDirectory(folder.resolve("study"));
    for (String name : List.of("explicit_le.dcm", "report.dcm", "enhanced.dcm", "rescale.dcm")) {
      Files.copy(resource(name), study.resolve(name));
    }
    assertEquals(0, run("list", study.toString(), "--json", json.toString()));
    JsonNode list = JSON.readTree(json.toFile());
    JsonNode first = list.get("studies").get(0).get("series").get(0);
    assertEquals("T2", first.get("contrast").asText());
    assertTrue(first.get("contrastReason").asText().startsWith("TE "));
    assertEquals(8, first.get("geometry").get("columns").asInt());
    assertEquals(3, first.get("instances").get(0).get("position").size());
    assertEquals(1, list.get("objects").size());
    assertEquals(0, list.get("problems").size());
    assertFalse(Files.readString(json).contains("Doe"));
  }

  /** Neither the files that are read nor results of before are replaced. */
  @Test
  void anonymisingReplacesNothing() throws IOException {
    Path study = Files.createDirectory(folder.resolve("study"));
    Path file = study.resolve("IM0001.dcm");
    Files.copy(resource("explicit_le.dcm"), file);
    byte[] bytes = Files.readAllBytes(file);
    Path beside = folder.resolve("anonymous");
    for (Path out : List.of(study, study.resolve("sub"), folder, file)) {
      assertEquals(
          ExitStatus.WRONG_ARGUMENTS, run("anonymise", study.toString(), "--out", out.toString()));
      assertEquals(
          ExitStatus.WRONG_ARGUMENTS, run("anonymise", file.toString(), "--out", study.toString()));
    }
    assertFalse(Files.exists(study.resolve("sub")));
    assertEquals(0, run("anonymise", study.toString(), "--out", beside.toString()));
    byte[] first = Files.readAllBytes(beside.resolve("IM0001.dcm"));
    assertEquals(
        ExitStatus.WRONG_ARGUMENTS, run("anonymise", study.toString(), "--out", beside.toString()));
    assertArrayEquals(first, Files.readAllBytes(beside.resolve("IM0001.dcm")));
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void saysWhatArgumentsAreMissing() {
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run());
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run("dump"));
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run("pixels", "a.dcm"));
  }

  private static int run(String... arguments) {
    return SrCli.run(new DicomCli(), arguments);
  }

  private Path resource(String name) throws IOException {
    Path copy = folder.resolve("in-" + name).resolveSibling(name);
    if (!Files.exists(copy)) {
      try (InputStream in = DicomReader.class.getResourceAsStream(name)) {
        Files.copy(in, copy);
      }
    }
    return copy;
  }
}
