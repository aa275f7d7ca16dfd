package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.PixelData;
import org.loupe.image.Contrast;

/** On maps made by pydicom, with values by numpy (src/test/tools/make_parametric_maps.py). */
class ParametricMapTest {

  private static final String MAPS = "/org/loupe/dicom/maps/";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"float", "double", "integer"})
  void isASeriesInTheUnitsOfItsQuantity(String name) throws IOException {
    Files.write(folder.resolve(name), bytes(name + ".dcm"));
    JsonNode expected = new ObjectMapper().readTree(bytes("expected.json")).get(name);
    for (long room : new long[] {Long.MAX_VALUE, 0}) {
      Loaded loaded = new StudyLoader(Long.MAX_VALUE, room).load(List.of(folder), Progress.NONE);
      assertTrue(loaded.problems().isEmpty(), loaded.problems()::toString);
      Series map = loaded.allSeries().get(0);
      // Its description speaks of T2: a map is no picture to super-resolve all the same.
      assertEquals(Contrast.OTHER, map.contrast());
      assertEquals("parametric map, ADC in um2/s", map.contrastReason());
      assertEquals(3, map.volume().depth());
      for (int k = 0; k < 3; k++) {
        assertEquals(3 * k, map.volume().plane(k).origin().z());
        float[] values = map.volume().slice(k).values();
        float[] wanted = new float[values.length];
        for (int n = 0; n < wanted.length; n++) {
          wanted[n] = (float) expected.get(k).get(n).asDouble();
        }
        assertArrayEquals(wanted, values);
      }
    }
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    byte[] whole = bytes("double.dcm");
    Files.write(folder.resolve("short.dcm"), Arrays.copyOf(whole, whole.length - 100));
    Loaded loaded = new StudyLoader().load(List.of(folder), Progress.NONE);
    assertEquals(List.of(), loaded.allSeries());
    assertEquals(
        "truncated: (7FE0,0009) DoubleFloatPixelData has 740 bytes of 840",
        loaded.problems().get(0).reason());
  }

  @Test
  void hasNoStoredIntegers() throws IOException {
    DicomFile file = DicomReader.configured().read(bytes("float.dcm"));
    DicomException e = assertThrows(DicomException.class, () -> new PixelData(file));
    assertEquals("its pixels are floating-point numbers, not stored integers", e.getMessage());
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = ParametricMapTest.class.getResourceAsStream(MAPS + name)) {
      return in.readAllBytes();
    }
  }
}
