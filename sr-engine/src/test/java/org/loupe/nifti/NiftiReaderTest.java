package org.loupe.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;

/** Against nibabel's answers on files that nibabel made (src/test/tools/make_nifti_fixtures.py). */
class NiftiReaderTest {

  static Stream<Map.Entry<String, JsonNode>> files() throws IOException {
    try (InputStream in = NiftiReaderTest.class.getResourceAsStream("expected.json")) {
      return new ObjectMapper().readTree(in).propertyStream().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWhatNibabelReads(Map.Entry<String, JsonNode> file) throws IOException {
    JsonNode want = file.getValue();
    NiftiImage image = read(file.getKey());
    int[] shape = {image.columns(), image.rows(), image.depth()};
    assertArrayEquals(new ObjectMapper().convertValue(want.get("shape"), int[].class), shape);
    assertEquals(want.get("sform").asInt(), image.sformCode());
    assertEquals(want.get("qform").asInt(), image.qformCode());
    int n = 0;
    for (int k = 0; k < shape[2]; k++) {
      for (int j = 0; j < shape[1]; j++) {
        for (int i = 0; i < shape[0]; i++) {
          double value = want.get("values").get(n++).asDouble();
          assertEquals((float) value, image.at(i, j, k), (float) Math.abs(value) * 1e-6f);
        }
      }
    }
    Volume volume = image.toVolume();
    for (JsonNode point : want.get("points")) {
      JsonNode ijk = point.get("ijk");
      JsonNode lps = point.get("lps");
      Vec3 got = volume.plane(ijk.get(2).asInt()).toPatient(ijk.get(0).asInt(), ijk.get(1).asInt());
      assertEquals(lps.get(0).asDouble(), got.x(), 1e-4);
      assertEquals(lps.get(1).asDouble(), got.y(), 1e-4);
      assertEquals(lps.get(2).asDouble(), got.z(), 1e-4);
    }
  }

  @Test
  void saysWhatIsWrongWithACompressedFile() throws IOException {
    byte[] whole;
    try (InputStream in = NiftiReaderTest.class.getResourceAsStream("nifti2_be.nii.gz")) {
      whole = in.readAllBytes();
    }
    byte[] cut = Arrays.copyOf(whole, whole.length - 40);
    IOException e =
        assertThrows(IOException.class, () -> NiftiReader.read(new ByteArrayInputStream(cut)));
    assertEquals("truncated: the compressed file breaks off", e.getMessage());
    byte[] wrong = whole.clone();
    Arrays.fill(wrong, 20, 60, (byte) -1);
    e =
        assertThrows(
            IOException.class, () -> NiftiReader.readHeader(new ByteArrayInputStream(wrong)));
    assertTrue(e.getMessage().startsWith("broken: the compressed file"), e.getMessage());
  }

  @Test
  void saysWhichCoordinatesItUsed() throws IOException {
    assertEquals(2, read("sform_over_qform.nii").affineCode());
    assertEquals(1, read("qform_left_handed.nii").affineCode());
    assertEquals(1, read("nifti2_be.nii.gz").affineCode());
    assertEquals(0, read("no_forms.nii").affineCode());
    assertTrue(read("no_forms.nii").notes().get(0).contains("orientation"));
    assertTrue(read("four_d.nii.gz").notes().get(0).contains("3 volumes"));
  }

  /** The bytes of a fixture, with another number at a place. */
  private static byte[] with(String name, int offset, float value) throws IOException {
    byte[] bytes;
    try (InputStream in = NiftiReaderTest.class.getResourceAsStream(name)) {
      bytes = in.readAllBytes();
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(offset, value);
    return bytes;
  }

  @Test
  void aTransformThatIsNoneIsNotUsed() throws IOException {
    int quaternB = 256;
    int pixdim1 = 80;
    NiftiImage turned =
        NiftiReader.read(
            new ByteArrayInputStream(with("qform_left_handed.nii", quaternB, Float.NaN)));
    assertEquals("the file's qform is singular and is not used", turned.notes().get(0));
    assertEquals(0, turned.affineCode());
    assertTrue(turned.toVolume().plane(0).columnSpacing() > 0);
    NiftiImage tiny =
        NiftiReader.read(
            new ByteArrayInputStream(with("qform_left_handed.nii", pixdim1, Float.MIN_VALUE)));
    assertEquals(1, tiny.toVolume().plane(0).columnSpacing(), 1e-6);
    int firstOfSform = 280;
    NiftiImage huge =
        NiftiReader.read(
            new ByteArrayInputStream(with("sform_over_qform.nii", firstOfSform, 1e30f)));
    assertEquals("the file's sform is singular and is not used", huge.notes().get(0));
  }

  @Test
  void showsVoxelsThatAreNoNumbersAsZero() throws IOException {
    NiftiImage image = read("not_finite.nii");
    assertEquals(0f, image.at(1, 0, 1));
    assertEquals(1f, image.at(0, 0, 1));
    assertTrue(image.notes().get(0).startsWith("1 voxels are not finite"));
  }

  @ParameterizedTest
  @CsvSource({
    "bad_truncated.nii, ends in slice 2 of 2",
    "bad_header.nii, ends in the NIfTI header",
    "bad_garbage.nii, not a NIfTI file",
    "bad_huge.nii.gz, too large",
    "bad_rgb.nii, RGB"
  })
  void saysWhatIsWrong(String name, String words) {
    IOException e = assertThrows(IOException.class, () -> read(name));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  private static NiftiImage read(String name) throws IOException {
    try (InputStream in = NiftiReaderTest.class.getResourceAsStream(name)) {
      return NiftiReader.read(in);
    }
  }
}
