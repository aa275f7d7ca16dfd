package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Images that dcmtk and gdcm compressed: lossless ones must give what went in, lossy ones what
 * these tools decode (src/test/tools/make_codec_fixtures.py).
 */
class CompressedPixelsTest {

  private static final Map<String, byte[]> FILES = files();

  static Stream<String> names() {
    return FILES.keySet().stream().filter(name -> name.endsWith(".dcm"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void decodesWhatOthersEncode(String name) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(FILES.get("expected.json")).get(name);
    DicomFile file = DicomReader.builtIn().read(FILES.get(name));
    assertEquals(expected.get("syntax").asText(), file.syntax().uid());
    assertEquals("", file.damage());
    PixelData pixels = new PixelData(file);
    JsonNode want = expected.get("values");
    int size = pixels.rows() * pixels.columns() * pixels.samples();
    assertEquals(want.size(), size * pixels.frames());
    for (int frame = 0; frame < pixels.frames(); frame++) {
      int[] stored = pixels.stored(frame);
      for (int n = 0; n < size; n++) {
        int value = want.get(frame * size + n).asInt();
        assertEquals(value, stored[n], expected.get("tolerance").asInt(), "value " + n);
      }
    }
  }

  @Test
  void coversAllKinds() {
    assertTrue(names().count() > 80);
  }

  /** Whatever is cut off or overwritten, decoding ends with pixels or with a reason. */
  @ParameterizedTest
  @MethodSource("names")
  void survivesDamage(String name) {
    byte[] whole = FILES.get(name);
    Random random = new Random(name.hashCode());
    int broken = 0;
    for (int n = 0; n < 40; n++) {
      byte[] damaged = whole.clone();
      if (n % 4 == 0) {
        damaged = Arrays.copyOf(damaged, damaged.length - 1 - random.nextInt(damaged.length / 2));
      }
      for (int k = 0; k < 3 && n % 4 != 0; k++) {
        damaged[600 + random.nextInt(damaged.length - 600)] = (byte) random.nextInt(256);
      }
      broken += survives(damaged) ? 0 : 1;
    }
    assertTrue(broken > 0, "broken: " + broken);
  }

  private static boolean survives(byte[] bytes) {
    try {
      PixelData pixels = new PixelData(DicomReader.builtIn().read(bytes));
      for (int frame = 0; frame < pixels.frames(); frame++) {
        assertTrue(pixels.stored(frame).length > 0);
      }
      return true;
    } catch (DicomException e) {
      assertFalse(e.getMessage().isBlank());
      return false;
    }
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream in = CompressedPixelsTest.class.getResourceAsStream("compressed.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }
}
