package org.loupe.sr.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SmallModel;
import org.loupe.sr.model.TorchScriptFixture;
import picocli.CommandLine;

/** {@code sr train --init}, on a model of random weights. */
class FineTuneTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeInputs() throws IOException {
    SmallModel.write(folder.resolve("small"));
    for (String name : List.of("a_study1", "a_study2", "b", "c_study1", "c_study2")) {
      Path path = Files.createDirectories(folder.resolve("data").resolve(name));
      write(path.resolve("T2.nii.gz"), v -> 300 * v);
      write(path.resolve("T1.nii.gz"), v -> 900 - 350 * v);
    }
  }

  private static void write(Path file, DoubleUnaryOperator value) throws IOException {
    List<Image2> slices = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      Image2 slice = Fixtures.pattern(72, 72, k);
      for (int i = 0; i < slice.values().length; i++) {
        slice.values()[i] = (float) value.applyAsDouble(slice.values()[i]);
      }
      slices.add(slice);
    }
    double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    NiftiWriter.write(file, NiftiImage.of(slices, affine, 1));
  }

  /** No time changes nothing: no gain, so nothing is written unless the user insists. */
  @Test
  void aModelThatDidNotGainIsWrittenOnlyWhereAccepted() throws IOException {
    assertEquals(0, train("--max-slices", "1", "--minutes", "0"), err::toString);
    assertTrue(out.toString().contains("fine-tuning small 3 on 3 cases"), out::toString);
    assertTrue(out.toString().contains("2 held-out cases"), out::toString);
    assertTrue(out.toString().contains("mean gain +0.00 dB: not better than small 3"), "gain");
    assertFalse(Files.exists(folder.resolve("tuned")));

    assertEquals(0, train("--max-slices", "1", "--minutes", "0", "--accept"), err::toString);
    ModelPackage tuned = ModelPackage.open(folder.resolve("tuned"));
    assertEquals("small-tuned", tuned.manifest().name());
    assertEquals(6, tuned.manifest().metrics().size());
    assertEquals(
        0.0, tuned.manifest().metrics().get("held-out cases, reference T1 x2, dB over small 3"));
    for (String file : List.of(ModelPackage.SR_WEIGHTS, ModelPackage.PRIOR_WEIGHTS)) {
      assertArrayEquals(bytes("small/" + file), bytes("tuned/" + file));
    }
  }

  /** Added blocks pass on what comes in: without training the network is as good as it was. */
  @Test
  void aDeeperNetworkBeginsAsTheModel() throws IOException {
    assertEquals(0, deepened("small", 4), err::toString);
    assertTrue(out.toString().contains("mean gain +0.00 dB"), out::toString);
    ModelPackage deeper = ModelPackage.open(folder.resolve("tuned"));
    assertEquals(4, deeper.manifest().architecture().get("blocks"));
    assertEquals(true, deeper.manifest().oriented());
    assertTrue(bytes("tuned/sr.params").length > bytes("small/sr.params").length);
    deeper.manifest().metrics().values().forEach(gain -> assertEquals(0.0, gain));

    assertEquals(0, deepened("tuned", 7, "--without", "orientation"), err::toString);
    ModelPackage deepest = ModelPackage.open(folder.resolve("tuned"));
    assertEquals(7, deepest.manifest().architecture().get("blocks"));
    assertNull(deepest.manifest().oriented());
    deepest.manifest().metrics().values().forEach(gain -> assertEquals(0.0, gain));
  }

  private int deepened(String init, int blocks, String... more) {
    List<String> options = new ArrayList<>(List.of("--init", folder.resolve(init).toString()));
    options.addAll(List.of("--max-slices", "1", "--minutes", "0", "--accept"));
    options.addAll(List.of("--blocks", Integer.toString(blocks)));
    options.addAll(List.of(more));
    return train(options.toArray(String[]::new));
  }

  @Test
  void theReportDecides() throws IOException {
    Path report = folder.resolve("report.json");
    assertEquals(
        0,
        train(
            "--minutes",
            "0.1",
            "--held-out",
            "a_study1,b",
            "--max-slices",
            "1",
            "--report",
            report.toString()),
        err::toString);
    assertTrue(out.toString().contains("fine-tuning small 3 on 2 cases"), out::toString);
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertEquals(3, json.get("cases").asInt());
    assertEquals(6, json.get("rows").size());
    JsonNode row = json.get("rows").get(0);
    assertEquals("T1", row.get("reference").asText());
    assertEquals(2, row.get("scale").asDouble());
    assertEquals(3, row.get("slices").asInt());
    double gain = row.get("psnr_after").asDouble() - row.get("psnr_before").asDouble();
    assertEquals(gain, row.get("gain_db").asDouble(), 1e-9);
    assertTrue(gain != 0, "training changed nothing");
    boolean better = json.get("better").asBoolean();
    assertEquals(better, Files.exists(folder.resolve("tuned/model.json")));
    assertFalse(Arrays.equals(bytes("small/sr.params"), bytes("work/candidate/sr.params")));
    assertArrayEquals(bytes("small/prior.params"), bytes("work/candidate/prior.params"));
  }

  @Test
  void refusesWhatCannotBe() throws IOException {
    assertFails(2, "--channels: not together with --init", "--channels", "8");
    assertFails(2, "--blocks: small 3 has 1, and a network only grows", "--blocks", "0");
    assertFails(2, "--held-out: no case d", "--held-out", "b,d");
    assertFails(
        3,
        "needs a case to train on and one to hold out",
        "--held-out",
        "a_study1,a_study2,b,c_study1,c_study2");
    TorchScriptFixture.single(folder.resolve("single"));
    out.getBuffer().setLength(0);
    assertFails(
        4,
        "model single 1 is not of Loupe's own format: it cannot be fine-tuned",
        "--init",
        folder.resolve("single").toString());
  }

  private void assertFails(int status, String words, String... options) {
    assertEquals(status, train(options), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(words), err::toString);
    err.getBuffer().setLength(0);
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }

  private int train(String... options) {
    List<String> args = new ArrayList<>(List.of("train", "--batch", "2"));
    args.addAll(List.of("--data", folder.resolve("data").toString()));
    args.addAll(List.of("--work", folder.resolve("work").toString()));
    args.addAll(List.of("--out", folder.resolve("tuned").toString()));
    if (!List.of(options).contains("--init")) {
      args.addAll(List.of("--init", folder.resolve("small").toString()));
    }
    args.addAll(List.of(options));
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new));
  }
}
