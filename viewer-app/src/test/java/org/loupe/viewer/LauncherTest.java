package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.sr.cli.ExitStatus;

/** The commands in a process of their own, as scripts call them. */
class LauncherTest {

  @TempDir Path folder;

  @TempDir Path data;

  private record Outcome(int status, String errors) {}

  private List<String> command(String home, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dloupe.home=" + home);
    command.add("-Dloupe.data=" + data);
    command.add("-Dglass.platform=Headless");
    command.add("-Dprism.order=sw");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Launcher.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  private Outcome run(String home, String... args) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command(home, args))
            .redirectError(errors.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertTrue(process.waitFor(300, TimeUnit.SECONDS));
    return new Outcome(process.exitValue(), Files.readString(errors).strip());
  }

  private static String home() {
    return System.getProperty("loupe.home");
  }

  private static String demo() {
    return Path.of(home(), "assets", "demo", "study").toString();
  }

  @Test
  void aSnapshotShowsTheWindow() throws Exception {
    Path png = folder.resolve("shot.png");
    Outcome o =
        run(
            home(),
            "snapshot",
            demo(),
            "--zoom",
            "3.3",
            "--at",
            "5,-20,30",
            "--layout",
            "1x2",
            "--do",
            "panel.performance,panel.performance",
            "--size",
            "1200x800",
            "--out",
            png.toString());
    assertEquals(new Outcome(ExitStatus.DONE, ""), o);
    BufferedImage image = ImageIO.read(png.toFile());
    assertEquals(1200, image.getWidth());
    assertEquals(800, image.getHeight());
    // The middle of the first pane is brain, not background.
    int bright = 0;
    for (int y = 380; y < 420; y++) {
      for (int x = 430; x < 470; x++) {
        bright += (image.getRGB(x, y) & 255) > 40 ? 1 : 0;
      }
    }
    assertTrue(bright > 800, bright + " of 1600");
  }

  @Test
  void theViewerOpensTheDemoAndTellsItsMilestones() throws Exception {
    Process process =
        new ProcessBuilder(command(home(), "--verbose"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader()) {
      CompletableFuture<List<String>> steps =
          CompletableFuture.supplyAsync(
              () -> out.lines().takeWhile(l -> !l.endsWith("first image painted")).toList());
      List<String> passed = steps.get(120, TimeUnit.SECONDS);
      assertTrue(passed.stream().anyMatch(l -> l.endsWith("toolkit up")), passed.toString());
      assertTrue(passed.stream().anyMatch(l -> l.endsWith("study loaded")), passed.toString());
      assertTrue(process.isAlive());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void perfPrintsItsFigures() throws Exception {
    Outcome o = run(home(), "perf", "--frames", "12", "--jumps", "2");
    assertEquals(new Outcome(ExitStatus.DONE, ""), o);
    JsonNode figures = new ObjectMapper().readTree(folder.resolve("out.txt").toFile());
    for (String key : List.of("frame_ms", "sr_latency_ms")) {
      double median = figures.path(key).path("median").asDouble();
      assertTrue(median > 0, figures.toString());
      assertTrue(figures.path(key).path("p95").asDouble() >= median, figures.toString());
    }
    assertTrue(figures.path("dropped_frames").isIntegralNumber(), figures.toString());
    assertTrue(figures.path("sr_fps").isNumber(), figures.toString());
    assertTrue(figures.path("fx_blocked_ms").asDouble() > 0, figures.toString());
  }

  @Test
  void wrongArgumentsAreNamed() throws Exception {
    Path png = folder.resolve("shot.png");
    Outcome o = run(home(), "snapshot", demo(), "--zoom", "99", "--out", png.toString());
    assertEquals(ExitStatus.WRONG_ARGUMENTS, o.status());
    assertEquals("loupe: --zoom: from 0.1 to 16", o.errors());
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run(home(), "snapshot", demo()).status());
    Outcome unknown =
        run(home(), "snapshot", demo(), "--do", "invert,fly", "--out", png.toString());
    assertEquals(ExitStatus.WRONG_ARGUMENTS, unknown.status());
    assertTrue(unknown.errors().startsWith("loupe: --do: fly is none of "), unknown.errors());
    assertFalse(Files.exists(png));
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Path missing = folder.resolve("nowhere");
    Outcome o = run(home(), missing.toString());
    assertEquals(
        new Outcome(ExitStatus.UNREADABLE_INPUT, "loupe: " + missing + " does not exist"), o);
    Path broken = Files.write(folder.resolve("broken.nii"), new byte[] {1, 2, 3});
    Path png = folder.resolve("shot.png");
    Outcome unreadable = run(home(), "snapshot", broken.toString(), "--out", png.toString());
    assertEquals(ExitStatus.UNREADABLE_INPUT, unreadable.status());
    assertTrue(unreadable.errors().startsWith("loupe: broken.nii: "), unreadable.errors());
    assertFalse(Files.exists(png));
  }

  @Test
  void aMissingModelIsAFailureOfTheEngine() throws Exception {
    Path png = folder.resolve("shot.png");
    Outcome o = run(folder.toString(), "snapshot", demo(), "--zoom", "3", "--out", png.toString());
    assertEquals(ExitStatus.ENGINE_FAILURE, o.status());
    assertTrue(o.errors().startsWith("loupe: "), o.errors());
    assertFalse(o.errors().contains("\tat "), o.errors());
    assertFalse(Files.exists(png));
  }
}
