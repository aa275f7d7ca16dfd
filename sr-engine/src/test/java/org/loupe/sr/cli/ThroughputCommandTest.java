package org.loupe.sr.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.sr.model.SmallModel;
import picocli.CommandLine;

class ThroughputCommandTest {

  private static final Path DEMO =
      Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... more) {
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    Object[] first = {"throughput", "--target", DEMO.resolve("T2")};
    return line.execute(
        Stream.concat(Stream.of(first), Stream.of(more))
            .map(Object::toString)
            .toArray(String[]::new));
  }

  @Test
  void countsWorkAndTrafficOfSeveralClients() throws IOException {
    SmallModel.write(folder.resolve("model"));
    int status =
        run(
            "--reference",
            DEMO.resolve("PD"),
            "--model",
            folder.resolve("model"),
            "--clients",
            "1,3",
            "--seconds",
            "0.1",
            "--view",
            "64x64",
            "--json",
            folder.resolve("throughput.json"));
    assertEquals(0, status, err::toString);
    JsonNode figures = new ObjectMapper().readTree(folder.resolve("throughput.json").toFile());
    assertEquals("CPU", figures.path("device").asText());
    assertEquals(3, figures.at("/traffic/requests").asInt());
    assertTrue(figures.at("/traffic/sent_bytes").asLong() > 0);
    assertEquals(2, figures.path("loads").size());
    for (JsonNode load : figures.path("loads")) {
      for (String work : new String[] {"prepare", "decode"}) {
        JsonNode rate = load.path(work);
        assertTrue(rate.path("count").asInt() >= load.path("clients").asInt(), out::toString);
        assertTrue(rate.path("per_second").asDouble() > 0, out::toString);
        assertTrue(rate.path("cpu_seconds").asDouble() > 0, out::toString);
      }
    }
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertWrong("--clients: 0", "--clients", "0");
    assertWrong("--seconds: 0.0", "--seconds", "0");
    assertWrong("--view: 5 is not WxH", "--view", "5");
    assertWrong("--scale: 15.0", "--scale", "15");
  }

  private void assertWrong(String why, Object... arguments) {
    err.getBuffer().setLength(0);
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run(arguments));
    assertTrue(err.toString().contains(why), err::toString);
  }
}
