package org.loupe.dicom.derived;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomJson;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.deidentify.Deidentifier;
import org.loupe.dicom.deidentify.Retained;
import org.loupe.image.Vec3;
import org.loupe.image.Window;
import org.loupe.study.PriorSegments;

/**
 * One object of each kind that Loupe writes. Those that are checked in were found sound by
 * dciodvfy, dcmtk and pydicom (src/test/tools/check_derived.py, answers in derived/answers.json);
 * what is written today must be the same but for the UIDs that are new every time. Where dciodvfy
 * is installed it is asked again.
 */
class ConformanceTest {

  private static final Pattern NEW_UID = Pattern.compile("2\\.25\\.\\d{20,}");

  @TempDir Path folder;

  private static Map<String, DicomDataset> objects() throws IOException {
    Map<String, DicomDataset> all = new LinkedHashMap<>();
    List<DicomDataset> series = DerivedMr.datasets(Samples.slices(), Samples.derivation());
    all.put("mr", series.get(1));
    for (PixelCompression how : PixelCompression.values()) {
      all.put("mr_" + how, written(false, how).get(1));
      all.put("mr_enhanced_" + how, written(true, how).get(0));
    }
    all.remove("mr_" + PixelCompression.NONE);
    all.put(
        "mr_anonymous",
        new Deidentifier(EnumSet.of(Retained.CHARACTERISTICS), "key").apply(series.get(1)));
    all.put(
        "seg_binary",
        DerivedSegmentation.dataset(
            PriorSegments.SEGMENTS, Samples.tissues(), true, Samples.PROCESSING));
    all.put(
        "seg_fractional",
        DerivedSegmentation.dataset(
            PriorSegments.SEGMENTS, Samples.tissues(), false, Samples.PROCESSING));
    all.put("sr", ReportDocument.measurements(Samples.findings(), Samples.PROCESSING.when()));
    all.put(
        "ko",
        ReportDocument.keyImages(
            List.of(Samples.source(1, 0), Samples.source(2, 1)), Samples.PROCESSING.when()));
    all.put(
        "pr",
        PresentationState.datasets(
                List.of(
                    PresentationState.View.whole(
                        Samples.source(1, 1),
                        new Window(600, 1200),
                        Samples.findings(),
                        "T2, slice 2")),
                Samples.PROCESSING.when())
            .get(0));
    return all;
  }

  private static List<DicomDataset> written(boolean enhanced, PixelCompression how)
      throws IOException {
    return DerivedMr.datasets(
        Samples.slices(), Samples.derivation(), new DerivedFormat(enhanced, how));
  }

  /** The transfer syntax of an object, which its name tells. */
  private static TransferSyntax syntax(String name) {
    for (PixelCompression how : PixelCompression.values()) {
      if (name.endsWith("_" + how)) {
        return how.syntax();
      }
    }
    return TransferSyntax.EXPLICIT_LE;
  }

  /** The JSON model with new UIDs numbered in the order in which they come. */
  private static JsonNode model(DicomDataset dataset) throws IOException {
    String json = new ObjectMapper().writeValueAsString(DicomJson.of(dataset));
    Map<String, String> numbers = new LinkedHashMap<>();
    Matcher matcher = NEW_UID.matcher(json);
    String named =
        matcher.replaceAll(
            m -> numbers.computeIfAbsent(m.group(), k -> "UID" + (numbers.size() + 1)));
    return new ObjectMapper().readTree(named);
  }

  @TestFactory
  List<DynamicTest> writesWhatWasFoundSound() throws IOException {
    Path written = Path.of("target", "derived");
    Files.createDirectories(written);
    Map<String, DicomDataset> objects = objects();
    return objects.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      Path file = written.resolve(e.getKey() + ".dcm");
                      DicomWriter.write(file, e.getValue(), syntax(e.getKey()));
                      try (InputStream in = getClass().getResourceAsStream(e.getKey() + ".dcm")) {
                        DicomDataset sound =
                            DicomReader.configured().read(in.readAllBytes()).dataset();
                        DicomDataset now =
                            DicomReader.configured().read(Files.readAllBytes(file)).dataset();
                        assertEquals(model(sound), model(now));
                      }
                    }))
        .toList();
  }

  @Test
  void theCheckersFoundNothing() throws IOException {
    JsonNode answers;
    try (InputStream in = getClass().getResourceAsStream("answers.json")) {
      answers = new ObjectMapper().readTree(in);
    }
    for (String name : objects().keySet()) {
      assertEquals(0, answers.get(name).get("dciodvfy errors").asInt(), name);
      assertTrue(answers.get(name).get("dcmtk").asBoolean(), name);
      assertTrue(answers.get(name).path("pixels").asBoolean(true), name);
      assertTrue(answers.get(name).get("pydicom").asBoolean(), name);
    }
  }

  /** Encoded or not, in one object or several: the real values are those of the slices. */
  @Test
  void theRealValuesDoNotDependOnTheFormat() throws IOException {
    for (boolean enhanced : new boolean[] {false, true}) {
      for (PixelCompression how : PixelCompression.values()) {
        List<Frame> frames = new ArrayList<>();
        for (DicomDataset dataset : written(enhanced, how)) {
          byte[] file = DicomWriter.encode(dataset, how.syntax());
          frames.addAll(FrameReader.read(DicomReader.configured().read(file)));
        }
        for (int k = 0; k < 3; k++) {
          DerivedMr.Slice slice = Samples.slices().get(k);
          assertArrayEquals(slice.pixels().values(), frames.get(k).image().values());
          Vec3 far = slice.plane().toPatient(11, 15);
          assertEquals(0, far.minus(frames.get(k).plane().toPatient(11, 15)).length(), 1e-6);
        }
      }
    }
  }

  @TestFactory
  List<DynamicTest> dciodvfyFindsNoErrors() throws IOException {
    boolean installed = Files.isExecutable(Path.of("/usr/bin/dciodvfy"));
    return objects().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      Assumptions.assumeTrue(installed, "skipped: dciodvfy is not installed");
                      Path file = folder.resolve(e.getKey() + ".dcm");
                      DicomWriter.write(file, e.getValue(), syntax(e.getKey()));
                      Path said = folder.resolve(e.getKey() + ".txt");
                      new ProcessBuilder("/usr/bin/dciodvfy", file.toString())
                          .redirectErrorStream(true)
                          .redirectOutput(said.toFile())
                          .start()
                          .waitFor();
                      String text = Files.readString(said, StandardCharsets.ISO_8859_1);
                      assertTrue(text.lines().noneMatch(l -> l.startsWith("Error")), text);
                    }))
        .toList();
  }
}
