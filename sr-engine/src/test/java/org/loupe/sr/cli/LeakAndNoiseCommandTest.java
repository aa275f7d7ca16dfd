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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Image2;
import org.loupe.image.Scanner;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.model.SmallModel;
import picocli.CommandLine;

class LeakAndNoiseCommandTest {

  @TempDir static Path folder;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void makeCase() throws IOException {
    SmallModel.write(folder.resolve("model"));
    Path one = Files.createDirectories(folder.resolve("data/one"));
    List<Image2> t2 = Scanner.object(96, 96, 3);
    List<Image2> flair = new ArrayList<>();
    List<Image2> labels = new ArrayList<>();
    for (Image2 slice : t2) {
      Image2 other = new Image2(96, 96);
      Image2 label = new Image2(96, 96);
      for (int i = 0; i < 96 * 96; i++) {
        double distance = Math.hypot(i % 96 - 48, i / 96 - 48);
        other.values()[i] = Math.max(0, 50 + slice.values()[i]);
        label.values()[i] = distance < 28 ? 3 : 0;
      }
      flair.add(other);
      labels.add(label);
    }
    double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    NiftiWriter.write(one.resolve("T2.nii.gz"), NiftiImage.of(t2, affine, 1));
    NiftiWriter.write(one.resolve("FLAIR.nii.gz"), NiftiImage.of(flair, affine, 1));
    NiftiWriter.write(one.resolve("labels.nii.gz"), NiftiImage.of(labels, affine, 1));
  }

  @Test
  void leakReportsWhatIsKeptAndLeaked() throws IOException {
    JsonNode report = report("leak", "--scales", "2,3", "--max-slices", "1");
    assertTrue(Double.isFinite(report.get("kept").asDouble()));
    assertTrue(report.get("leaked").asDouble() >= 0);
    assertTrue(report.get("kept_zf").asDouble() > 0.3);
    assertEquals(7, report.get("seed").asInt());
    assertEquals(2 * report.get("lesions").asInt(), report.get("groups").size());
    for (JsonNode group : report.get("groups")) {
      assertTrue(group.has("scale") && group.has("diameter_mm"), group.toString());
    }
  }

  @Test
  void noiseComparesWithBicubic() throws IOException {
    JsonNode report = report("noise", "--scales", "2", "--max-slices", "1", "--snr", "20,60");
    assertTrue(report.get("noise_ratio").asDouble() > 0);
    assertTrue(report.get("noise_ratio_zf").asDouble() > 0.8);
    assertEquals(2, report.get("groups").size());
    assertEquals(60, report.get("groups").get(1).get("snr").asInt());
  }

  private JsonNode report(String command, String... options) throws IOException {
    Path json = folder.resolve(command + ".json");
    List<String> args = new ArrayList<>(List.of(command, "--data"));
    args.add(folder.resolve("data").toString());
    args.addAll(List.of("--json", json.toString(), "--seed", "7", "--device", "cpu"));
    args.addAll(List.of("--model", folder.resolve("model").toString()));
    args.addAll(List.of(options));
    assertEquals(0, run(args), err::toString);
    return new ObjectMapper().readTree(json.toFile());
  }

  @Test
  void refusesWrongArgumentsAndSaysWhatIsMissing() {
    String data = folder.resolve("data").toString();
    assertEquals(2, run(List.of("leak", "--data", folder.resolve("none").toString())));
    assertEquals(2, run(List.of("leak", "--data", data, "--scales", "1")));
    assertEquals(2, run(List.of("leak", "--data", data, "--reference", "CT")));
    assertEquals(2, run(List.of("leak", "--data", data, "--cases", "two")));
    assertEquals(2, run(List.of("noise", "--data", data, "--snr", "0")));
    assertEquals(3, run(List.of("noise", "--data", data, "--reference", "T1")));
    assertTrue(err.toString().contains("no case with T2.nii.gz, labels.nii.gz"), err.toString());
    assertEquals(4, run(List.of("leak", "--data", data, "--model", "nobody")));
    assertFalse(err.toString().contains("\tat "), err.toString());
  }

  /** Nothing measured is no 0 %. */
  @Test
  void coverageOfNothingIsNoNumber() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty/none"));
    double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    NiftiWriter.write(
        empty.resolve("T2.nii.gz"), NiftiImage.of(List.of(new Image2(48, 48)), affine, 1));
    List<String> args =
        List.of(
            "coverage",
            "--data",
            folder.resolve("empty").toString(),
            "--cases",
            "none",
            "--reference",
            "none",
            "--model",
            folder.resolve("model").toString());
    assertEquals(3, run(args), err::toString);
    assertEquals("loupe: none: no slice with enough foreground", err.toString().strip());
  }

  private int run(List<String> args) {
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(new StringWriter(), true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new));
  }
}
