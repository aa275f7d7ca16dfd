package org.loupe.sr.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Model packages of the TorchScript files that make.py makes. */
public final class TorchScriptFixture {

  public static final String SINGLE =
      """
      "graph": {"file": "single.pt", "inputs": ["target", "reference", "prior", "coordinates"]},
      "reference": {"factor": 2}""";

  public static final String SMOOTH =
      """
      "graph": {"file": "smooth.pt", "inputs": ["target", "coordinates"]},
      "coordinates": "pixels\"""";

  public static final String PAIR =
      """
      "encoder": {"file": "encoder.pt", "inputs": ["target", "neighbours", "reference"],
        "outputs": [{"channels": 2, "factor": 1}, {"channels": 1, "factor": 0.5}]},
      "decoder": {"file": "decoder.pt",
        "inputs": ["features", "base", "output_reference", "coordinates", "step"]},
      "multiple": 2, "halo": 1, "residual": true, "expected_error": true""";

  private TorchScriptFixture() {}

  /**
   * Writes a package.
   *
   * @param torchscript the fields of the manifest's object of that name
   * @param files resources to copy beside it
   */
  public static ModelPackage write(Path folder, String torchscript, String... files)
      throws IOException {
    Files.createDirectories(folder);
    List<String> hashes = new ArrayList<>();
    for (String file : files) {
      byte[] bytes;
      try (InputStream in =
          TorchScriptFixture.class.getResourceAsStream("/org/loupe/sr/torchscript/" + file)) {
        bytes = in.readAllBytes();
      }
      Files.write(folder.resolve(file), bytes);
      hashes.add("\"%s\": \"%s\"".formatted(file, ModelPackage.sha256(bytes)));
    }
    Files.writeString(
        folder.resolve(ModelPackage.MANIFEST),
        """
        {"name": "%s", "version": "1", "format": "torchscript",
         "sha256": {%s},
         "torchscript": {%s}}
        """
            .formatted(folder.getFileName(), String.join(", ", hashes), torchscript));
    return ModelPackage.open(folder);
  }

  public static ModelPackage single(Path folder) throws IOException {
    return write(folder, SINGLE, "single.pt");
  }

  public static ModelPackage pair(Path folder) throws IOException {
    return write(folder, PAIR, "encoder.pt", "decoder.pt");
  }
}
