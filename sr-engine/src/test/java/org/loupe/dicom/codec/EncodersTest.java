package org.loupe.dicom.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Vr;

/**
 * Encoded frames. Files of them were decoded by dcmtk, gdcm and pydicom
 * (src/test/tools/check_encoded.py); what they found is checked in as hashes of the files and of
 * the pixels, so what is written today must be the same files, and their pixels those of the image.
 */
class EncodersTest {

  /** An image to encode. */
  private record Sample(int columns, int rows, int bits, int[] values) {}

  private static Map<String, Sample> samples() {
    Map<String, Sample> all = new LinkedHashMap<>();
    all.put("head", head(61, 47));
    all.put("noise", filled(33, 29, 16, new Random(3)::nextInt));
    all.put("noise_12", filled(40, 21, 12, new Random(4)::nextInt));
    all.put("flat", filled(30, 30, 16, () -> 700));
    int[] n = {0};
    all.put("stripes", filled(24, 32, 16, () -> n[0]++ / 12 % 2 * 65535));
    all.put("row", filled(257, 1, 16, new Random(5)::nextInt));
    all.put("column", filled(1, 100, 10, new Random(6)::nextInt));
    return all;
  }

  private static Sample filled(
      int columns, int rows, int bits, java.util.function.IntSupplier source) {
    int[] values = new int[columns * rows];
    Arrays.setAll(values, i -> source.getAsInt() & ((1 << bits) - 1));
    return new Sample(columns, rows, bits, values);
  }

  /** Ellipses with noise upon an empty ground, as super-resolved heads are: long runs and edges. */
  private static Sample head(int columns, int rows) {
    Random random = new Random(7);
    int[] values = new int[columns * rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double r = Math.hypot((x - 30) / 26.0, (y - 23) / 20.0);
        double signal = r > 1 ? 0 : r > 0.9 ? 2500 : 900 + 300 * StrictMath.sin(x * 0.4) * r;
        values[y * columns + x] = (int) (signal + (r > 1 ? 0 : 12 * random.nextGaussian())) + 40;
      }
    }
    return new Sample(columns, rows, 16, values);
  }

  private static DicomDataset dataset(String name, Sample s) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * s.values().length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(s.values()).forEach(v -> bytes.putShort((short) v));
    return new DatasetBuilder()
        .text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.4")
        .text(Tag.SOP_INSTANCE_UID, "2.25." + (100 + name.length()))
        .numbers(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .numbers(Tag.ROWS, s.rows())
        .numbers(Tag.COLUMNS, s.columns())
        .numbers(Tag.BITS_ALLOCATED, 16)
        .numbers(Tag.BITS_STORED, s.bits())
        .numbers(Tag.HIGH_BIT, s.bits() - 1)
        .numbers(Tag.PIXEL_REPRESENTATION, 0)
        .bytes(Tag.PIXEL_DATA, Vr.OW, bytes.array())
        .build();
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String pixels(Sample s) throws NoSuchAlgorithmException {
    byte[] bytes = new byte[2 * s.values().length];
    for (int n = 0; n < s.values().length; n++) {
      bytes[2 * n] = (byte) s.values()[n];
      bytes[2 * n + 1] = (byte) (s.values()[n] >> 8);
    }
    return sha256(bytes);
  }

  @Test
  void othersDecodeWhatIsEncoded() throws IOException, NoSuchAlgorithmException {
    JsonNode answers;
    try (InputStream in = getClass().getResourceAsStream("encoded.json")) {
      answers = in == null ? null : new ObjectMapper().readTree(in);
    }
    Path folder = Path.of("target", "encoded");
    Files.createDirectories(folder);
    Map<String, String> written = new LinkedHashMap<>();
    for (Map.Entry<String, Sample> sample : samples().entrySet()) {
      DicomDataset plain = dataset(sample.getKey(), sample.getValue());
      for (PixelCompression how : PixelCompression.values()) {
        String name = sample.getKey() + "." + how;
        byte[] file = DicomWriter.encode(how.apply(plain), how.syntax());
        Files.write(folder.resolve(name + ".dcm"), file);
        written.put(name, sha256(file));
      }
    }
    assertTrue(answers != null, "run src/test/tools/check_encoded.py");
    for (Map.Entry<String, String> file : written.entrySet()) {
      JsonNode answer = answers.path(file.getKey());
      String name = file.getKey();
      assertEquals(file.getValue(), answer.path("file").asText(), name);
      String pixels = pixels(samples().get(name.substring(0, name.indexOf('.'))));
      // dcmtk has no JPEG 2000.
      boolean dcmtk = !name.endsWith(".JPEG_2000");
      assertEquals(dcmtk ? pixels : "", answer.path("dcmtk").asText(), name);
      assertEquals(pixels, answer.path("gdcm").asText(), name);
      assertEquals(pixels, answer.path("pydicom").asText(), name);
    }
  }

  @Test
  void decodesToTheSamePixels() throws CodecException {
    Random random = new Random(11);
    for (int n = 0; n < 60; n++) {
      int bits = 2 + random.nextInt(15);
      int columns = 1 + random.nextInt(40);
      int rows = 1 + random.nextInt(40);
      int flat = 1 + random.nextInt(9);
      Sample s =
          filled(columns, rows, bits, () -> random.nextInt(flat) == 0 ? random.nextInt() : 1);
      byte[] stream = new JpegLsEncoder().encode(s.values(), columns, rows, bits);
      Decoded decoded = new JpegLsDecoder().decode(stream, new FrameFormat(columns, rows, 1, 16));
      assertEquals(bits, decoded.precision());
      assertArrayEquals(s.values(), decoded.values());
      byte[] wavelets = new Jpeg2000Encoder().encode(s.values(), columns, rows, bits);
      assertArrayEquals(
          s.values(),
          new Jpeg2000Decoder().decode(wavelets, new FrameFormat(columns, rows, 1, 16)).values());
    }
  }

  @Test
  void theLosslessCodersMakeHeadsSmaller() throws CodecException {
    Sample s = head(61, 47);
    int jpegLs = new JpegLsEncoder().encode(s.values(), 61, 47, 16).length;
    int jpeg2000 = new Jpeg2000Encoder().encode(s.values(), 61, 47, 16).length;
    assertTrue(jpegLs < 61 * 47, "JPEG-LS takes " + jpegLs);
    assertTrue(jpeg2000 < 61 * 47 * 1.3, "JPEG 2000 takes " + jpeg2000);
  }

  @Test
  void refusesWhatItCannotHold() {
    FrameEncoder encoder = new JpegLsEncoder();
    assertThrows(CodecException.class, () -> encoder.encode(new int[] {256}, 1, 1, 8));
    assertThrows(CodecException.class, () -> encoder.encode(new int[] {-1}, 1, 1, 16));
    assertThrows(CodecException.class, () -> encoder.encode(new int[3], 2, 2, 8));
    assertThrows(CodecException.class, () -> new Jpeg2000Encoder().encode(new int[1], 1, 1, 17));
  }

  /** Nothing is allocated for a frame that its bytes cannot hold. */
  @Test
  void aJpegHeaderAloneAllocatesNothing() {
    byte[] header = {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) 0xc3,
      0,
      11,
      8,
      0x3e,
      (byte) 0x80,
      0x3e,
      (byte) 0x80,
      1,
      1,
      0x11,
      0
    };
    FrameFormat format = new FrameFormat(16000, 16000, 1, 8);
    CodecException e =
        assertThrows(CodecException.class, () -> new JpegDecoder().decode(header, format));
    assertTrue(e.getMessage().startsWith("truncated: 15 bytes of JPEG"), e.getMessage());
  }
}
