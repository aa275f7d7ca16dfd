package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * Makes the table of docs/conformance.md: every file of the tests is read, and what came of it is
 * counted by transfer syntax and kind of object.
 */
class ConformanceTableTest {

  private static final String BEGIN = "<!-- table: made by ConformanceTableTest -->\n";
  private static final String END = "<!-- end of table -->";

  private static final List<String> PLAIN =
      List.of(
          "bare_big_endian",
          "bare_explicit",
          "bare_implicit",
          "deflated.dcm",
          "enhanced.dcm",
          "explicit_be.dcm",
          "explicit_le.dcm",
          "high_bit_15.dcm",
          "implicit_le.dcm",
          "japanese.dcm",
          "latin1.dcm",
          "monochrome1.dcm",
          "rescale.dcm",
          "sequences_be.dcm",
          "sequences_explicit.dcm",
          "sequences_implicit.dcm",
          "signed_12_of_16.dcm",
          "signed_32_be.dcm",
          "unknown_vr.dcm",
          "unsigned_32.dcm",
          "unsigned_8.dcm",
          "utf8.dcm",
          "report.dcm",
          "derived/mr.dcm",
          "derived/mr_JPEG_2000.dcm",
          "derived/mr_JPEG_LS.dcm",
          "derived/mr_enhanced_NONE.dcm",
          "derived/mr_enhanced_JPEG_2000.dcm",
          "derived/mr_enhanced_JPEG_LS.dcm",
          "derived/seg_binary.dcm",
          "derived/seg_fractional.dcm",
          "derived/sr.dcm",
          "derived/ko.dcm",
          "derived/pr.dcm");

  private static final Map<String, String> OBJECTS =
      Map.of(
          "4", "MR Image",
          "4.1", "Enhanced MR Image",
          "7", "Secondary Capture",
          "66.4", "Segmentation",
          "88.22", "Enhanced SR",
          "88.11", "Basic Text SR",
          "88.59", "Key Object Selection",
          "11.1", "Grayscale Presentation State");

  private final Map<String, Integer> rows = new TreeMap<>();

  @Test
  void theTableOfTheConformanceStatementIsTrue() throws IOException {
    for (String name : PLAIN) {
      try (InputStream in = getClass().getResourceAsStream(name)) {
        add(DicomReader.configured().read(in.readAllBytes()), null);
      }
    }
    compressed();
    StringBuilder table = new StringBuilder(BEGIN);
    table.append("\n| transfer syntax | object | files | result |\n|---|---|---|---|\n");
    rows.forEach(
        (row, count) -> {
          int last = row.lastIndexOf('|');
          table
              .append("| ")
              .append(row, 0, last)
              .append("| ")
              .append(count)
              .append(" |")
              .append(row.substring(last + 1))
              .append(" |\n");
        });
    table.append('\n');
    Path document = Path.of(System.getProperty("loupe.home"), "docs", "conformance.md");
    String text = Files.readString(document).replace("\r\n", "\n");
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    assertTrue(from >= 0 && to > from, "docs/conformance.md has no place for the table");
    assertEquals(table.toString(), text.substring(from, to));
  }

  private void compressed() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = getClass().getResourceAsStream("compressed.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    JsonNode answers = new ObjectMapper().readTree(files.get("expected.json"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().endsWith(".dcm")) {
        add(DicomReader.configured().read(file.getValue()), answers.get(file.getKey()));
      }
    }
  }

  /**
   * Reads a file and counts it.
   *
   * @param answer stored values that dcmtk or gdcm decoded; null where there are none
   */
  private void add(DicomFile file, JsonNode answer) throws IOException {
    assertEquals("", file.damage());
    String sopClass = FrameReader.sopClass(file);
    String storage = "1.2.840.10008.5.1.4.1.1.";
    String object =
        sopClass.startsWith(storage)
            ? OBJECTS.getOrDefault(sopClass.substring(storage.length()), sopClass)
            : sopClass;
    String result = "data set read";
    if (file.dataset().get(Tag.PIXEL_DATA) != null) {
      PixelData pixels = new PixelData(file);
      int worst = 0;
      for (int frame = 0; frame < pixels.frames(); frame++) {
        int[] stored = pixels.stored(frame);
        for (int n = 0; n < stored.length && answer != null; n++) {
          int want = answer.get("values").get(frame * stored.length + n).asInt();
          worst = Math.max(worst, Math.abs(want - stored[n]));
        }
      }
      result =
          answer == null
              ? "pixels read"
              : worst == 0 ? "pixels as dcmtk or gdcm decode them" : "pixels within " + worst;
    }
    String key =
        new String(
            (file.syntax().name() + " | " + object + " | " + result)
                .getBytes(StandardCharsets.UTF_8),
            StandardCharsets.UTF_8);
    rows.merge(key, 1, Integer::sum);
  }
}
