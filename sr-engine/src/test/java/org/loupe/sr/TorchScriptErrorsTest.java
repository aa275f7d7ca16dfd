package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.TorchScriptFixture;

/** What is wrong with a package of TorchScript is told when it is opened, in one line. */
class TorchScriptErrorsTest {

  @TempDir private Path folder;

  @Test
  void aChangedFile() throws IOException {
    TorchScriptFixture.single(model());
    byte[] bytes = Files.readAllBytes(model().resolve("single.pt"));
    bytes[200] ^= 1;
    Files.write(model().resolve("single.pt"), bytes);
    assertMessage(
        "model m 1: the SHA-256 of single.pt is [0-9a-f]{64}, the manifest says [0-9a-f]{64};.*");
  }

  @Test
  void aMissingFile() throws IOException {
    TorchScriptFixture.single(model());
    Files.delete(model().resolve("single.pt"));
    assertMessage("model m 1: cannot read .*single.pt");
  }

  @Test
  void aFileWithoutAHash() throws IOException {
    TorchScriptFixture.single(model());
    Path manifest = model().resolve("model.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"single.pt\": ", "\"x\": "));
    assertMessage("model m 1: the SHA-256 of single.pt is .*, the manifest says null; .*");
  }

  @Test
  void anotherFormat() throws IOException {
    TorchScriptFixture.single(model());
    Path manifest = model().resolve("model.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"torchscript\",", "\"onnx\","));
    assertMessage("model m 1: format onnx is unknown; there are torchscript and dual-arbnet");
  }

  /** Files that are no graph, or do not do what the manifest says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state_dict.pt | target,coordinates | state_dict.pt is not a TorchScript file: .*",
        "make.py | target,coordinates | make.py is not a TorchScript file: .*",
        "single.pt | target,coordinates"
            + " | single.pt failed on target \\(1, 1, .*: .*missing value for argument.*",
        "smooth.pt | neighbours,coordinates"
            + " | smooth.pt failed on neighbours \\(1, 2, .*: RuntimeError: .* 1 channels.*",
        "smooth.pt | coordinates,target | smooth.pt failed on .*",
        "fixed.pt | target,coordinates"
            + " | fixed.pt failed on target \\(1, 1, 56, 40\\), coordinates .*: RuntimeError: .*",
        "nan.pt | target,coordinates | gives values that are not finite"
      })
  void aGraphThatDoesNotFit(String file, String inputs, String message) throws IOException {
    TorchScriptFixture.write(
        model(),
        "\"graph\": {\"file\": \"%s\", \"inputs\": [%s]}"
            .formatted(file, "\"" + inputs.replace(",", "\",\"") + "\""),
        file);
    assertMessage("model m 1:? " + message);
  }

  /** Shapes that are not the manifest's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"channels\": 2 | \"channels\": 3"
            + " | encoder.pt gave \\(1, 2, 40, 48\\), \\(1, 1, 20, 24\\) for target .*, where the"
            + " manifest says \\(1, 3, 40, 48\\), \\(1, 1, 20, 24\\)",
        "\"factor\": 0.5 | \"factor\": 2 | encoder.pt gave .* says .*, \\(1, 1, 80, 96\\)",
        "\"expected_error\": true | \"expected_error\": false"
            + " | decoder.pt gave \\(1, 2, 26, 26\\) for features \\(1, 2, 40, 48\\), .*,"
            + " step \\(1, 2\\), where the manifest says \\(1, 1, 26, 26\\)"
      })
  void anotherShape(String right, String wrong, String message) throws IOException {
    TorchScriptFixture.write(
        model(), TorchScriptFixture.PAIR.replace(right, wrong), "encoder.pt", "decoder.pt");
    assertMessage("model m 1: " + message);
  }

  /** Manifests that contradict themselves. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"decoder\" | \"decoder2\" | .*model.json is not .*: torchscript has no key decoder2",
        "\"channels\" | \"chanels\" | .*: torchscript outputs has no key chanels",
        "\"neighbours\" | \"neighbors\" | .*: input neighbors is unknown; there are target, .*",
        "\"halo\": 1 | \"halo\": -1 | model m 1: torchscript.multiple, halo or .* negative",
        "\"halo\": 1 | \"receptive_field\": 9 | model m 1: torchscript.receptive_field is for .*",
        "\"features\", |  | model m 1: torchscript.decoder.inputs: features are missing",
        "\"features\", | \"features\", \"prior\", | .*: prior is given to an encoder only",
        "\"neighbours\" | \"base\" | .*encoder.inputs: base is known to a decoder only",
        "\"encoder.pt\" | \"../encoder.pt\" | .*encoder.file is not the name of a file in the .*",
        "\"encoder\" | \"graph\" | .*torchscript must have either graph, or encoder and decoder",
        "\"outputs\" | \"reference\" | .*"
      })
  void aManifestThatCannotBe(String right, String wrong, String message) throws IOException {
    ModelException e =
        assertThrows(
            ModelException.class,
            () -> {
              TorchScriptFixture.write(
                  model(),
                  TorchScriptFixture.PAIR.replace(right, wrong == null ? "" : wrong),
                  "encoder.pt",
                  "decoder.pt");
              open();
            });
    assertLine(message, e);
  }

  private Path model() {
    return folder.resolve("m");
  }

  private void open() throws IOException {
    SuperResolver.open(org.loupe.sr.model.ModelPackage.open(model()), DeviceChoice.CPU).close();
  }

  private void assertMessage(String pattern) {
    assertLine(pattern, assertThrows(ModelException.class, this::open));
  }

  private static void assertLine(String pattern, ModelException e) {
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().matches(pattern), e.getMessage());
  }
}
