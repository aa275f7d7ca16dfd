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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.model.SmallModel;
import org.loupe.sr.model.TorchScriptFixture;
import picocli.CommandLine;

/** Models of TorchScript through the commands, installed and by folder. */
class TorchScriptCommandsTest {

  @TempDir private Path home;

  private final String realHome = System.getProperty("loupe.home");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A home with Loupe's own kind of model and a pair of graphs. */
  @BeforeEach
  void install() throws IOException {
    System.setProperty("loupe.home", home.toString());
    SmallModel.write(home.resolve("assets/models/small"));
    TorchScriptFixture.pair(home.resolve("assets/models/pair"));
    double[][] affine = {{0.5, 0, 0, 0}, {0, 0.5, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    List<Image2> slices = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      slices.add(Fixtures.pattern(49, 49, k));
    }
    Files.createDirectories(home.resolve("data/one"));
    for (String name : List.of("T2", "T1")) {
      Path file = home.resolve("data/one/" + name + ".nii.gz");
      NiftiWriter.write(file, NiftiImage.of(slices, affine, 1));
    }
  }

  @AfterEach
  void restore() {
    if (realHome == null) {
      System.clearProperty("loupe.home");
    } else {
      System.setProperty("loupe.home", realHome);
    }
  }

  @Test
  void upscaleRunsAnInstalledModel() throws IOException {
    Path target = home.resolve("data/one/T2.nii.gz");
    Path reference = home.resolve("data/one/T1.nii.gz");
    Path result = home.resolve("out.nii");
    run(
        0,
        List.of("upscale", "--target", target, "--reference", reference, "--scale", "2"),
        List.of("--model", "pair", "--out", result));
    NiftiImage image = NiftiReader.read(result);
    assertEquals(98, image.columns());
    for (int k = 0; k < 3; k++) {
      Image2 back = KSpace.degrade(image.slices().get(k), 49, 49);
      assertEquals(0, Fixtures.difference(Fixtures.pattern(49, 49, k), back), 2e-6);
    }
  }

  @Test
  void benchComparesModelsByName() throws IOException {
    Path json = home.resolve("out.json");
    run(
        0,
        List.of("bench", "--data", home.resolve("data"), "--reference", "T1", "--scales", "2"),
        List.of("--methods", "zf,small,pair,pair-nodc,single,loupe", "--json", json),
        List.of("--model", TorchScriptFixture.single(home.resolve("single")).folder()));
    JsonNode records = new ObjectMapper().readTree(json.toFile());
    assertEquals(6, records.size());
    assertEquals("pair-nodc", records.get(3).get("method").asText());
    double single = records.get(4).get("psnr").asDouble();
    assertTrue(single > 5, "PSNR " + single);
    assertEquals(single, records.get(5).get("psnr").asDouble(), 1e-9);
  }

  @Test
  void infoAndModelsTellOfThem() throws IOException {
    run(0, List.of("info", "--model", "pair"));
    assertTrue(out.toString().contains("model   pair 1"), out::toString);
    assertTrue(out.toString().contains("format  torchscript"), out::toString);
    assertTrue(out.toString().contains("encoder.pt "), out::toString);
    out.getBuffer().setLength(0);
    run(0, List.of("models"));
    assertTrue(out.toString().contains("pair 1"), out::toString);
    assertTrue(out.toString().contains("small 3: random weights"), out::toString);
  }

  @Test
  void latencyMeasuresThem() throws IOException {
    Path json = home.resolve("latency.json");
    run(
        0,
        List.of("latency", "--target", home.resolve("data/one/T2.nii.gz"), "--view", "64x64"),
        List.of("--scale", "2", "--repeat", "1", "--model", "pair", "--json", json));
    JsonNode record = new ObjectMapper().readTree(json.toFile());
    assertTrue(record.get("prepare_ms").get("median").asDouble() > 0, record::toString);
    assertTrue(record.get("encoder_gflops").isNull(), record::toString);
  }

  @Test
  void aDamagedModelIsToldOfAndDoesNotStandInTheWay() throws IOException {
    Path manifest = home.resolve("assets/models/another/model.json");
    Files.createDirectories(manifest.getParent());
    Files.writeString(manifest, "{\"name\": ");
    run(0, List.of("info", "--model", "pair"));
    run(4, List.of("models"));
    assertTrue(out.toString().contains("small 3"), out::toString);
    assertTrue(err.toString().contains(manifest.toString()), err::toString);
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void saysWhyAModelDoesNotRun() throws IOException {
    Path target = home.resolve("data/one/T2.nii.gz");
    Path result = home.resolve("out.nii");
    List<Object> upscale = List.of("upscale", "--target", target, "--scale", "2", "--out", result);
    Path state =
        TorchScriptFixture.write(
                home.resolve("state"),
                "\"graph\": {\"file\": \"state_dict.pt\", \"inputs\": [\"target\"]}",
                "state_dict.pt")
            .folder();
    run(4, upscale, List.of("--model", state));
    assertEquals(
        "loupe: model state 1: state_dict.pt is not a TorchScript file: PytorchStreamReader failed"
            + " locating file constants.pkl: file not found",
        err.toString().strip());
    err.getBuffer().setLength(0);
    Path needy =
        TorchScriptFixture.write(
                home.resolve("needy"),
                TorchScriptFixture.SINGLE.replace(": 2", ": 2, \"required\": true"),
                "single.pt")
            .folder();
    run(4, upscale, List.of("--model", needy));
    assertEquals(
        "loupe: model needy 1 needs a reference that covers the slice", err.toString().strip());
    assertFalse(Files.exists(result));
  }

  @SafeVarargs
  private void run(int status, List<Object>... args) {
    List<String> all = new ArrayList<>();
    for (List<Object> some : args) {
      some.forEach(arg -> all.add(arg.toString()));
    }
    if (!all.get(0).equals("models")) {
      all.addAll(List.of("--device", "cpu"));
    }
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    assertEquals(status, line.execute(all.toArray(String[]::new)), err::toString);
  }
}
