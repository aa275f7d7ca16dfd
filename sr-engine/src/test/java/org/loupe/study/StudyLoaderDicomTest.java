package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Contrast;
import org.loupe.image.Vec3;
import org.loupe.image.Window;

/** On sets made by pydicom, file names shuffled (src/test/tools/make_dicom_fixtures.py). */
class StudyLoaderDicomTest {

  @TempDir Path folder;

  @Test
  void splitsDualEchoIntoPdAndT2() throws IOException {
    Loaded loaded = load("dual_echo.zip");
    assertEquals(1, loaded.studies().size());
    Study study = loaded.studies().get(0);
    assertEquals("Doe Jane", study.patient());
    assertEquals("2025-03-04", study.date());
    assertEquals(2, study.series().size());
    Series pd = study.series().get(0);
    Series t2 = study.series().get(1);
    assertEquals(Contrast.PD, pd.contrast());
    assertEquals("TE 14 ms, TR 3000 ms, SE", pd.contrastReason());
    assertEquals(Contrast.T2, t2.contrast());
    assertEquals("PD+T2 tse tra (TE 91 ms)", t2.description());
    assertTrue(pd.sharesFrameWith(t2));
    assertFalse(pd.id().equals(t2.id()));
    JsonNode want = expected().get("dual_echo");
    for (int k = 0; k < 4; k++) {
      Vec3 origin = t2.volume().plane(k).origin();
      assertEquals(want.get("origins").get(k).get(0).asDouble(), origin.x(), 1e-9);
      assertEquals(want.get("origins").get(k).get(2).asDouble(), origin.z(), 1e-9);
      assertArrayEquals(floats(want.get("pd").get(k)), pd.volume().slice(k).values());
      assertArrayEquals(floats(want.get("t2").get(k)), t2.volume().slice(k).values());
    }
    assertTrue(t2.notes().isEmpty());
    for (double gap : t2.volume().gaps()) {
      assertEquals(4, gap, 1e-4);
    }
  }

  @Test
  void reportsMissingAndDuplicateSlices() throws IOException {
    Series series = only("missing_and_duplicate.zip");
    assertEquals(Contrast.T1, series.contrast());
    assertEquals(7, series.volume().depth());
    assertEquals(
        List.of(
            "1 duplicate slice is left out: another lies at the same position",
            "1 slice is missing between slice 3 and 4: 10 mm apart in place of 5 mm",
            "2 slices are missing between slice 5 and 6: 15 mm apart in place of 5 mm"),
        series.notes());
  }

  @Test
  void keepsUnevenSpacing() throws IOException {
    Series series = only("uneven.zip");
    assertEquals(List.of("slice spacing is uneven: 2.5 to 4 mm"), series.notes());
    assertEquals(3.5, series.volume().gaps().get(1), 1e-4);
  }

  @Test
  void splitsLocaliserByOrientation() throws IOException {
    List<Series> series = load("localiser.zip").allSeries();
    assertEquals(3, series.size());
    assertEquals(5, series.stream().mapToInt(s -> s.volume().depth()).sum());
    assertEquals(3, series.stream().map(Series::id).distinct().count());
    assertTrue(series.stream().allMatch(s -> s.contrast() == Contrast.OTHER));
  }

  @Test
  void splitsTimePoints() throws IOException {
    List<Series> series = load("time_points.zip").allSeries();
    assertEquals(2, series.size());
    assertTrue(series.stream().allMatch(s -> s.volume().depth() == 3 && s.notes().isEmpty()));
  }

  @Test
  void keepsStudiesApart() throws IOException {
    List<Study> studies = load("two_studies.zip").studies();
    assertEquals(List.of("2024-01-01", "2025-03-04"), studies.stream().map(Study::date).toList());
    assertFalse(studies.get(0).series().get(0).sharesFrameWith(studies.get(1).series().get(0)));
  }

  @Test
  void opensEnhancedMultiFrame() throws IOException {
    Series series = only("enhanced.dcm");
    assertEquals(Contrast.T2, series.contrast());
    JsonNode frames = expected().get("enhanced").get("frames");
    for (int k = 0; k < 4; k++) {
      assertArrayEquals(floats(frames.get(k)), series.volume().slice(k).values());
    }
    assertTrue(series.instanceIds().get(0).endsWith("/2"));
  }

  @Test
  void opensWhatIsSoundAndListsTheRest() throws IOException {
    for (String name :
        List.of(
            "rescale.dcm",
            "bare_implicit",
            "bad_truncated.dcm",
            "bad_garbage.dcm",
            "bad_jpeg2000.dcm",
            "report.dcm")) {
      copy(name);
    }
    Files.write(folder.resolve("IM0001"), new byte[0]);
    Files.writeString(folder.resolve("autorun.inf"), "no image");
    Loaded loaded = new StudyLoader().load(List.of(folder), Progress.NONE);
    assertEquals(1, loaded.allSeries().size());
    assertEquals(new Window(300, 600), only("rescale.dcm").window());
    assertEquals(
        List.of("IM0001", "bad_garbage.dcm", "bad_jpeg2000.dcm", "bad_truncated.dcm"),
        loaded.problems().stream().map(Problem::source).toList());
  }

  private Series only(String name) throws IOException {
    List<Series> series = load(name).allSeries();
    assertEquals(1, series.size());
    return series.get(0);
  }

  private Loaded load(String name) throws IOException {
    Loaded loaded = new StudyLoader().load(List.of(copy(name)), Progress.NONE);
    assertTrue(loaded.problems().isEmpty(), loaded.problems().toString());
    return loaded;
  }

  private Path copy(String name) throws IOException {
    Path target = folder.resolve(name);
    if (!Files.exists(target)) {
      try (InputStream in = getClass().getResourceAsStream("/org/loupe/dicom/" + name)) {
        Files.copy(in, target);
      }
    }
    return target;
  }

  private static JsonNode expected() throws IOException {
    try (InputStream in =
        StudyLoaderDicomTest.class.getResourceAsStream("/org/loupe/dicom/expected.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int n = 0; n < values.length; n++) {
      values[n] = (float) numbers.get(n).asDouble();
    }
    return values;
  }
}
