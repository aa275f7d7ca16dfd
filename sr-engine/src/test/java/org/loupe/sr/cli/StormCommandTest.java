package org.loupe.sr.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Scanner;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.model.SmallModel;
import picocli.CommandLine;

class StormCommandTest {

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void zoomsAndCounts() throws IOException {
    SmallModel.write(folder.resolve("model"));
    double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    Path t2 = folder.resolve("T2.nii.gz");
    NiftiWriter.write(t2, NiftiImage.of(Scanner.object(64, 64, 4), affine, 1));
    Path json = folder.resolve("storm.json");
    int status =
        run(
            "storm",
            "--target",
            t2.toString(),
            "--model",
            folder.resolve("model").toString(),
            "--minutes",
            "0.03",
            // A slice at a time.
            "--cache",
            "1",
            "--json",
            json.toString());
    assertEquals(0, status, err.toString());
    JsonNode storm = new ObjectMapper().readTree(json.toFile());
    assertEquals(0, storm.get("failed").asInt());
    assertTrue(storm.get("finished").asLong() > 0, storm.toString());
    assertTrue(storm.get("requests").asLong() >= storm.get("finished").asLong());
    assertTrue(storm.get("tiles").asLong() > 0);
    assertTrue(storm.get("prepared").asLong() >= 1);
    assertTrue(storm.has("growth_mb") && storm.has("native_growth_mb"));
    JsonNode all = storm.get("rss_late_mb");
    if (!all.isNull()) {
      double outside = storm.get("native_late_mb").asDouble();
      assertTrue(outside > 0 && outside < all.asDouble(), storm.toString());
    }
  }

  @Test
  void refusesNoTime() {
    assertEquals(2, run("storm", "--target", "x.nii", "--minutes", "0"));
    assertTrue(err.toString().contains("--minutes"), err.toString());
  }
}
