package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/** Against pydicom's answers on files that pydicom made (src/test/tools/make_dicom_fixtures.py). */
class DicomReaderTest {

  static Stream<Map.Entry<String, JsonNode>> files() throws IOException {
    try (InputStream in = DicomReaderTest.class.getResourceAsStream("expected.json")) {
      return new ObjectMapper()
          .readTree(in).propertyStream().filter(e -> e.getValue().has("tags")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWhatPydicomReads(Map.Entry<String, JsonNode> expected) throws IOException {
    DicomFile file = read(expected.getKey());
    JsonNode tags = expected.getValue().get("tags");
    assertTrue(tags.size() > 25);
    tags.propertyStream().forEach(entry -> assertTag(file.dataset(), entry));
    Frame frame = FrameReader.read(file).get(0);
    JsonNode pixels = expected.getValue().get("pixels");
    float[] values = frame.image().values();
    assertEquals(pixels.size(), values.length);
    for (int n = 0; n < values.length; n++) {
      assertEquals((float) pixels.get(n).asDouble(), values[n]);
    }
    SlicePlane plane = frame.plane();
    Vec3 far = plane.toPatient(plane.columns() - 1, plane.rows() - 1);
    JsonNode want = expected.getValue().get("far");
    assertEquals(want.get(0).asDouble(), far.x(), 1e-9);
    assertEquals(want.get(1).asDouble(), far.y(), 1e-9);
    assertEquals(want.get(2).asDouble(), far.z(), 1e-9);
  }

  private static void assertTag(DicomDataset dataset, Map.Entry<String, JsonNode> entry) {
    int tag = Integer.parseUnsignedInt(entry.getKey(), 16);
    JsonNode want = entry.getValue();
    if (want.get(0).isNumber()) {
      double[] numbers = dataset.numbers(tag);
      assertEquals(want.size(), numbers.length, entry.getKey());
      for (int n = 0; n < numbers.length; n++) {
        assertEquals(want.get(n).asDouble(), numbers[n], entry.getKey());
      }
    } else {
      List<String> texts = want.valueStream().map(JsonNode::asText).toList();
      assertEquals(texts, dataset.strings(tag), entry.getKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"explicit", "implicit", "be"})
  void readsNestedSequencesOfAnyLength(String encoding) throws IOException {
    DicomDataset dataset = read("sequences_" + encoding + ".dcm").dataset();
    for (int tag : new int[] {0x00082218, 0x00081032}) {
      DicomDataset level = dataset;
      int next = tag;
      for (int depth = 0; depth < 4; depth++) {
        List<DicomDataset> items = level.items(next);
        assertEquals(2, items.size());
        assertTrue(items.get(1).elements().isEmpty());
        level = items.get(0);
        assertEquals("Brain", level.string(0x00080104));
        next = 0x0040A168;
      }
      assertTrue(level.items(next).isEmpty());
    }
    assertEquals("LOUPE TEST", dataset.string(0x00290010));
  }

  @Test
  void readsFramesOfEnhancedImages() throws IOException {
    List<Frame> frames = FrameReader.read(read("enhanced.dcm"));
    assertEquals(4, frames.size());
    assertTrue(frames.get(1).instanceId().endsWith("/2"));
    assertEquals(88, frames.get(0).tags().number(Tag.EFFECTIVE_ECHO_TIME).getAsDouble());
    assertEquals(4500, frames.get(0).tags().number(Tag.REPETITION_TIME).getAsDouble());
    SlicePlane first = frames.get(0).plane();
    assertEquals(-6, first.distance(frames.get(1).plane().origin()), 1e-5);
    assertEquals(0.9, first.rowSpacing(), 1e-9);
    assertEquals(0.7, first.columnSpacing(), 1e-9);
  }

  @Test
  void givesNumbersOfBothKinds() throws IOException {
    DicomDataset dataset = read("unknown_vr.dcm").dataset();
    assertEquals(90, dataset.number(Tag.ECHO_TIME).getAsDouble());
    assertEquals(6, dataset.integer(Tag.ROWS, 0));
    assertEquals("6", dataset.string(Tag.ROWS));
    assertEquals(-1, dataset.integer(Tag.ACQUISITION_NUMBER, -1));
    assertTrue(Double.isNaN(dataset.numbers(Tag.PATIENT_NAME)[0]));
    assertFalse(dataset.withoutBulk(60).has(Tag.PIXEL_DATA));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad_truncated.dcm   | truncated: (7FE0,0010) PixelData has 76 bytes of 96",
        "bad_short.dcm       | truncated",
        "bad_garbage.dcm     | not a DICOM file",
        "bad_only_meta.dcm   | truncated",
        "bad_deflated.dcm    | truncated: the deflated data set breaks off",
        "bad_jpeg2000.dcm    | truncated: no JPEG 2000 header",
        "bad_no_position.dcm | it lacks (0020,0032) ImagePositionPatient",
        "bad_rgb.dcm         | colour images are not supported",
      })
  void saysWhatIsWrong(String name, String words) throws IOException {
    byte[] bytes = bytes(name);
    DicomException e =
        assertThrows(
            DicomException.class, () -> FrameReader.read(DicomReader.configured().read(bytes)));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void keepsWhatStandsBeforeTheDamage() throws IOException {
    DicomFile file = read("bad_truncated.dcm");
    assertTrue(file.damage().startsWith("truncated: (7FE0,0010)"));
    assertEquals("Doe^Jane", file.dataset().string(Tag.PATIENT_NAME));
    assertEquals("", read("explicit_le.dcm").damage());
  }

  @Test
  void tellsImagesFromReports() throws IOException {
    assertFalse(FrameReader.isImage(read("report.dcm")));
    assertTrue(FrameReader.isImage(read("bad_rgb.dcm")));
    assertTrue(FrameReader.isImage(read("bad_short.dcm")));
  }

  /** Whatever is broken off or flipped, the reader answers with a reason and not with a crash. */
  @ParameterizedTest
  @ValueSource(strings = {"sequences_explicit.dcm", "sequences_implicit.dcm", "enhanced.dcm"})
  void survivesDamage(String name) throws IOException {
    byte[] whole = bytes(name);
    int readable = 0;
    for (int n = 0; n < whole.length; n += 5) {
      readable += survives(Arrays.copyOf(whole, n)) ? 1 : 0;
      byte[] flipped = whole.clone();
      flipped[n] ^= (byte) 0xff;
      readable += survives(flipped) ? 1 : 0;
    }
    assertTrue(readable > 0 && readable < 2 * whole.length / 5, "readable: " + readable);
  }

  private static boolean survives(byte[] bytes) {
    try {
      List<Image2> images =
          FrameReader.read(DicomReader.configured().read(bytes)).stream()
              .map(Frame::image)
              .toList();
      return !images.isEmpty();
    } catch (DicomException e) {
      return e.getMessage().isEmpty();
    }
  }

  /** What is written anew, as anonymised files are, has the same pixels in little endian. */
  @ParameterizedTest
  @ValueSource(strings = {"signed_32_be.dcm", "explicit_be.dcm", "unsigned_8.dcm"})
  void pixelsSurviveAnotherByteOrder(String name, @TempDir Path folder) throws IOException {
    DicomFile file = read(name);
    Path copy = folder.resolve("copy.dcm");
    int[] all = file.dataset().elements().stream().mapToInt(DicomElement::tag).toArray();
    DicomDataset anew = new DatasetBuilder().copy(file.dataset(), all).build();
    DicomWriter.write(copy, anew, TransferSyntax.EXPLICIT_LE);
    DicomFile written = DicomReader.builtIn().read(Files.readAllBytes(copy));
    assertArrayEquals(new PixelData(file).stored(0), new PixelData(written).stored(0));
  }

  private static DicomFile read(String name) throws IOException {
    byte[] bytes = bytes(name);
    assertTrue(DicomReader.configured().looksLikeDicom(Arrays.copyOf(bytes, 132)));
    return DicomReader.configured().read(bytes);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = DicomReaderTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** A long sequence that a server passed on without its VR hides nothing (PS3.5 6.2.2). */
  @Test
  void longSequencesOfUnknownVrAreRead() throws IOException {
    byte[] text = "x".repeat(70_000).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer item = ByteBuffer.allocate(16 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    item.putShort((short) 0xfffe).putShort((short) 0xe000).putInt(8 + text.length);
    item.putShort((short) 0x0008).putShort((short) 0x0104).putInt(text.length).put(text);
    DicomDataset d =
        new DatasetBuilder()
            .text(Tag.SOP_CLASS_UID, "1.2.3")
            .bytes(Tag.PER_FRAME_FUNCTIONAL_GROUPS, Vr.UN, item.array())
            .build();
    byte[] file = DicomWriter.encode(d, TransferSyntax.EXPLICIT_LE);
    List<DicomDataset> items =
        DicomReader.builtIn().read(file).dataset().items(Tag.PER_FRAME_FUNCTIONAL_GROUPS);
    assertEquals(1, items.size());
    assertEquals(70_000, items.get(0).string(Tag.CODE_MEANING).length());
  }

  /** The first piece of a header may end between two elements, where nothing is missing. */
  @Test
  void headersGoOnAfterAWholePiece() throws IOException {
    int piece = 1 << 15;
    int padding = piece - headed(0, false).length;
    assertEquals(piece, headed(padding, false).length);
    byte[] file = headed(padding, true);
    DicomDataset d = HeaderReader.read(new ByteArrayInputStream(file)).dataset();
    assertEquals(3, d.integer(Tag.ROWS, 0));
    assertTrue(d.has(Tag.PIXEL_DATA));
  }

  /**
   * A file whose group 0020 ends with a text of some bytes.
   *
   * @param whole whether its pixels follow
   */
  private static byte[] headed(int length, boolean whole) {
    DatasetBuilder b =
        new DatasetBuilder()
            .text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.4")
            .text(0x00204000, "x".repeat(length));
    if (whole) {
      b.numbers(Tag.ROWS, 3).bytes(Tag.PIXEL_DATA, Vr.OW, new byte[40_000]);
    }
    return DicomWriter.encode(b.build(), TransferSyntax.EXPLICIT_LE);
  }

  /** What a VR's length field cannot hold is written as unknown (PS3.5 6.2.2). */
  @Test
  void longValuesAreWrittenAsUnknown() throws IOException {
    byte[] value = new byte[0x10000];
    Arrays.fill(value, (byte) 7);
    DicomDataset d =
        new DatasetBuilder()
            .text(Tag.SOP_CLASS_UID, "1.2.3")
            .bytes(Tag.LUT_DATA, Vr.US, value)
            .numbers(Tag.ROWS, 3)
            .build();
    DicomDataset read =
        DicomReader.builtIn().read(DicomWriter.encode(d, TransferSyntax.EXPLICIT_LE)).dataset();
    byte[] back = new byte[value.length];
    read.get(Tag.LUT_DATA).value().get(0, back);
    assertEquals(Vr.UN, read.get(Tag.LUT_DATA).vr());
    assertArrayEquals(value, back);
    assertEquals(3, read.integer(Tag.ROWS, 0));
  }

  /** A data set whose pixels are elsewhere, as it is written in another deflated syntax. */
  @Test
  void deflatedReferencesAreInflated() throws IOException {
    DicomDataset d =
        new DatasetBuilder().text(Tag.SOP_CLASS_UID, "1.2.3").numbers(Tag.ROWS, 3).build();
    byte[] plain = DicomWriter.encode(d, TransferSyntax.DEFLATED_LE);
    String uid = "1.2.840.10008.1.2.4.95";
    assertEquals(TransferSyntax.DEFLATED_LE.uid().length(), uid.length());
    byte[] file =
        new String(plain, StandardCharsets.ISO_8859_1)
            .replace(TransferSyntax.DEFLATED_LE.uid(), uid)
            .getBytes(StandardCharsets.ISO_8859_1);
    DicomFile read = DicomReader.builtIn().read(file);
    assertEquals("", read.damage());
    assertEquals(3, read.dataset().integer(Tag.ROWS, 0));
    assertTrue(TransferSyntax.of("1.2.840.10008.1.2.4.205").deflated());
    assertFalse(TransferSyntax.of("1.2.840.10008.1.2.4.204").deflated());
  }
}
