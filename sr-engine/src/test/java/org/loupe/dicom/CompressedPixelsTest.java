package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
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
    DicomFile file = DicomReader.configured().read(FILES.get(name));
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

  @Test
  void namesTheTransferSyntaxThatItCannotDecode() throws IOException {
    DicomFile file = as("u16_gdcm_j2k.dcm", "1.2.840.10008.1.2.4.201");
    DicomException e = assertThrows(DicomException.class, () -> new PixelData(file));
    assertEquals(
        "pixels in High-Throughput JPEG 2000 (transfer syntax 1.2.840.10008.1.2.4.201) are not"
            + " supported",
        e.getMessage());
    assertEquals("MR", file.dataset().string(Tag.MODALITY));
  }

  /** A file with another transfer syntax. */
  private static DicomFile as(String name, String uid) throws IOException {
    DicomFile file = DicomReader.configured().read(FILES.get(name));
    return new DicomFile(file.meta(), file.dataset(), TransferSyntax.of(uid), "");
  }

  /** Samples in fragments as they are, and deflated: 2 x 3 pixels of 12 bits with a sign. */
  @Test
  void readsUncompressedAndDeflatedFragments() throws IOException {
    short[] values = {-2048, 2047, 0, -1, 1, 77};
    ByteBuffer raw = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (short value : values) {
      raw.putShort(value);
    }
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(raw.array());
    deflater.finish();
    byte[] deflated = new byte[100];
    int length = deflater.deflate(deflated);
    deflater.end();
    for (byte[] frame : List.of(raw.array(), Arrays.copyOf(deflated, length + length % 2))) {
      String uid =
          frame.length == 12 ? TransferSyntax.ENCAPSULATED : TransferSyntax.DEFLATED_FRAMES;
      PixelData pixels = new PixelData(fragment(frame, TransferSyntax.of(uid), 3));
      int[] stored = pixels.stored(0);
      for (int n = 0; n < values.length; n++) {
        assertEquals(values[n], stored[n], uid);
      }
      PixelData short3 = new PixelData(fragment(frame, TransferSyntax.of(uid), 3000));
      DicomException e = assertThrows(DicomException.class, () -> short3.stored(0));
      assertTrue(e.getMessage().startsWith("truncated: "), e.getMessage());
    }
  }

  private static DicomFile fragment(byte[] frame, TransferSyntax syntax, int rows) {
    DicomDataset d =
        new DatasetBuilder()
            .numbers(Tag.SAMPLES_PER_PIXEL, 1)
            .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
            .numbers(Tag.ROWS, rows)
            .numbers(Tag.COLUMNS, 2)
            .numbers(Tag.BITS_ALLOCATED, 16)
            .numbers(Tag.BITS_STORED, 12)
            .numbers(Tag.HIGH_BIT, 11)
            .numbers(Tag.PIXEL_REPRESENTATION, 1)
            .build();
    ByteBuffer none = ByteBuffer.allocate(0);
    d.put(
        new DicomElement(
            Tag.PIXEL_DATA, Vr.OB, none, List.of(), List.of(none, ByteBuffer.wrap(frame))));
    return new DicomFile(new DicomDataset(null), d, syntax, "");
  }

  /** The library's decoder reads a pair of 0xFF in a packet for ever. */
  @Test
  void refusesMarkersAmongPackets() throws IOException {
    byte[] bytes = FILES.get("u8_gdcm_j2k_lossy.dcm").clone();
    int data = find(bytes, 0xff, 0x93) + 2;
    bytes[data + 1] = -1;
    bytes[data + 2] = -1;
    refused(bytes, "broken: the JPEG 2000 code stream has a marker among its packets");
  }

  @Test
  void refusesTilesWithoutEnd() throws IOException {
    byte[] bytes = FILES.get("u8_gdcm_j2k_lossy.dcm").clone();
    int size = find(bytes, 0xff, 0x51);
    Arrays.fill(bytes, size + 22, size + 26, (byte) 0); // width of a tile
    refused(bytes, "broken: the tiles of the JPEG 2000 code stream make no sense");
  }

  private static void refused(byte[] bytes, String why) throws IOException {
    PixelData pixels = new PixelData(DicomReader.configured().read(bytes));
    DicomException e = assertThrows(DicomException.class, () -> pixels.stored(0));
    assertEquals(why, e.getMessage());
  }

  private static int find(byte[] bytes, int first, int second) {
    int at = 0;
    while ((bytes[at] & 0xff) != first || (bytes[at + 1] & 0xff) != second) {
      at++;
    }
    return at;
  }

  /** A run-length code that is too short for the image is told before there is memory for it. */
  @Test
  void refusesRunsThatAreTooShort() throws IOException {
    byte[] frame = new byte[100];
    frame[0] = 2;
    DicomFile file = fragment(frame, TransferSyntax.of("1.2.840.10008.1.2.5"), 60_000);
    DicomException e = assertThrows(DicomException.class, () -> new PixelData(file).stored(0));
    assertEquals("truncated: 100 bytes of RLE for 120000 samples", e.getMessage());
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
      PixelData pixels = new PixelData(DicomReader.configured().read(bytes));
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
