package org.loupe.sr.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.eval.EvalCase;
import org.loupe.sr.eval.Score;
import org.loupe.sr.model.SmallModel;
import picocli.CommandLine;

class BenchCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** The case that make_eval_fixtures.py scores. */
  @BeforeEach
  void makeCase() throws IOException {
    List<Image2> t2 = new ArrayList<>();
    List<Image2> t1 = new ArrayList<>();
    for (int k = 0; k < 6; k++) {
      Image2 x = Fixtures.pattern(53, 50, k);
      float[] inverse = new float[x.values().length];
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] = (3 - x.values()[i]) * 50;
      }
      t1.add(new Image2(inverse, 53, 50));
      t2.add(k == 2 || k == 4 ? new Image2(53, 50) : x);
    }
    for (int r = 20; r < 24; r++) {
      for (int c = 20; c < 24; c++) {
        t2.get(4).values()[r * 53 + c] = 1;
      }
    }
    double[][] affine = {{0.5, 0, 0, 0}, {0, 0.5, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    Files.createDirectory(folder.resolve("one"));
    NiftiWriter.write(folder.resolve("one/T2.nii.gz"), NiftiImage.of(t2, affine, 1));
    NiftiWriter.write(folder.resolve("one/T1.nii.gz"), NiftiImage.of(t1, affine, 1));
  }

  @Test
  void scoresAsTheProtocolInNumpy() throws IOException {
    int compared = 0;
    for (String resolution : List.of("hr", "lr")) {
      Path json = folder.resolve("out.json");
      assertEquals(
          0,
          run(
              "--reference",
              "T1",
              "--scales",
              "2,3.3",
              "--methods",
              "zf,gf-dc",
              "--ref-res",
              resolution,
              "--json",
              json.toString()),
          err.toString());
      JsonNode records = new ObjectMapper().readTree(json.toFile());
      assertEquals(4, records.size());
      for (JsonNode wanted : Fixtures.json(Score.class, "bench.json")) {
        for (JsonNode got : records) {
          if (same(wanted, got, "scale")
              && same(wanted, got, "method")
              && same(wanted, got, "ref_res")) {
            for (String key : List.of("psnr", "ssim1", "ssim2", "worst_gain_db", "slices")) {
              assertEquals(wanted.get(key).asDouble(), got.get(key).asDouble(), 1e-4, key);
            }
            assertEquals("one", got.get("case").asText());
            assertEquals("T1", got.get("reference").asText());
            assertTrue(got.get("seconds_per_slice").asDouble() > 0);
            assertEquals(11, got.size());
            compared++;
          }
        }
      }
    }
    assertEquals(8, compared);
    assertTrue(out.toString().contains("x3.3"), out.toString());
  }

  @Test
  void withoutAReferenceTheGuidedFilterIsZeroFilling() throws IOException {
    Path json = folder.resolve("out.json");
    int status =
        run(
            "--cases",
            "one",
            "--reference",
            "none",
            "--scales",
            "2",
            "--methods",
            "nearest,gf-dc",
            "--max-slices",
            "2",
            "--json",
            json.toString());
    assertEquals(0, status, err.toString());
    JsonNode records = new ObjectMapper().readTree(json.toFile());
    assertEquals("nearest", records.get(0).get("method").asText());
    assertTrue(records.get(0).get("worst_gain_db").asDouble() < 0);
    assertEquals("none", records.get(1).get("reference").asText());
    assertEquals(0, records.get(1).get("worst_gain_db").asDouble(), 1e-9);
    assertEquals(2, records.get(1).get("slices").asInt());
  }

  @Test
  void scoresTheTissuesToo() throws IOException {
    SmallModel.write(folder.resolve("model"));
    Path json = folder.resolve("out.json");
    int status =
        run(
            "--reference",
            "T1",
            "--scales",
            "2,4",
            "--methods",
            "zf",
            "--max-slices",
            "1",
            "--dice",
            "--model",
            folder.resolve("model").toString(),
            "--json",
            json.toString());
    assertEquals(0, status, err.toString());
    int tissues = 0;
    for (JsonNode record : new ObjectMapper().readTree(json.toFile())) {
      for (String key : List.of("dice_csf", "dice_gm", "dice_wm")) {
        if (record.has(key)) {
          double dice = record.get(key).asDouble();
          assertTrue(dice >= 0 && dice <= 1, key + " " + dice);
          tissues++;
        }
      }
    }
    assertTrue(tissues > 0, "the random network finds some tissue");
    assertTrue(out.toString().contains("dice csf, gm, wm"), out.toString());
  }

  @Test
  void refusesWrongArguments() {
    assertEquals(2, run("--reference", "T1", "--scales", "1", "--methods", "zf"));
    assertEquals(2, run("--reference", "T1", "--scales", "two", "--methods", "zf"));
    assertEquals(2, run("--reference", "T1", "--scales", "2", "--methods", "zf,fsrcnn"));
    assertTrue(err.toString().contains("no such method: fsrcnn"), err.toString());
    assertEquals(2, run("--reference", "CT", "--scales", "2", "--methods", "zf"));
    assertEquals(2, run("--cases", "two", "--reference", "T1", "--scales", "2", "--methods", "zf"));
    assertFalse(err.toString().contains("\tat "), err.toString());
  }

  @Test
  void saysWhichInputCannotBeRead() throws IOException {
    Files.write(folder.resolve("one/T1.nii.gz"), new byte[] {1, 2, 3});
    Path json = folder.resolve("out.json");
    int status =
        run("--reference", "T1", "--scales", "2", "--methods", "zf", "--json", json.toString());
    assertEquals(3, status);
    assertTrue(err.toString().contains("T1.nii.gz"), err.toString());
    assertFalse(Files.exists(json));
    assertEquals(3, run("--reference", "PD", "--scales", "2", "--methods", "zf"));
  }

  /** Pixels are 0.5 mm wide: a shift by 1 mm is one by two pixels. */
  @Test
  void movesTheReference() throws IOException {
    EvalCase loaded = EvalCase.load(folder.resolve("one"), "T1");
    EvalCase moved = loaded.withReferenceMoved(1, 1);
    Image2 from = loaded.reference().get(1);
    assertEquals(from.at(10, 7), moved.reference().get(0).at(12, 7));
    assertEquals(from.at(0, 7), moved.reference().get(0).at(1, 7));
    assertEquals(loaded.reference().get(5).at(3, 3), moved.reference().get(5).at(5, 3));
    EvalCase half = loaded.withReferenceMoved(-0.25, 0);
    double middle = (from.at(10, 7) + from.at(11, 7)) / 2;
    assertEquals(middle, half.reference().get(1).at(10, 7), 1e-3);
  }

  @Test
  void refusesAShiftThatIsNone() {
    String[] args = {"--reference", "T1", "--scales", "2", "--methods", "zf", "--ref-shift", "NaN"};
    assertEquals(2, run(args));
    assertTrue(err.toString().contains("--ref-shift"), err.toString());
  }

  private static boolean same(JsonNode a, JsonNode b, String key) {
    JsonNode x = a.get(key);
    JsonNode y = b.get(key);
    return x.isNumber() ? x.asDouble() == y.asDouble() : x.asText().equals(y.asText());
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of("--data", folder.toString()));
    all.addAll(List.of(args));
    CommandLine line = new CommandLine(new BenchCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (e, at, parsed) -> {
          at.getErr().println(e.getMessage());
          return e instanceof IOException ? ExitStatus.UNREADABLE_INPUT : ExitStatus.ENGINE_FAILURE;
        });
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }
}
