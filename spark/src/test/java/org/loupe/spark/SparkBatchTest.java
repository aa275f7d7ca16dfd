package org.loupe.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.batch.BatchExecutor;
import org.loupe.sr.batch.LocalBatch;
import org.loupe.sr.cli.BatchCommand;
import org.loupe.sr.cli.SrCli;
import org.loupe.study.StudyLoader;

/** An archive on a cluster of two executor processes, one of them killed on the way, and here. */
class SparkBatchTest {

  private static final Path DEMO =
      Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");

  private static final int NIFTI_STUDIES = 3;
  private static final double[][] AFFINE = {
    {-1.4, 0, 0, 0}, {0, -1.4, 0, 0}, {0, 0, 4.4, 0}, {0, 0, 0, 1}
  };

  @TempDir private Path folder;

  private Path archive;
  private Map<String, String> configuration;

  @BeforeEach
  void anArchive() throws IOException {
    archive = folder.resolve("archive");
    for (String series : List.of("T2", "PD")) {
      Path to = Files.createDirectories(archive.resolve("dicom").resolve(series));
      for (int n = 10; n <= 12; n++) {
        String name = "IM%04d.dcm".formatted(n);
        Files.copy(DEMO.resolve(series).resolve(name), to.resolve(name));
      }
    }
    for (int i = 0; i < NIFTI_STUDIES; i++) {
      Path study = Files.createDirectories(archive.resolve("nifti" + i));
      for (Contrast contrast : List.of(Contrast.T2, Contrast.PD)) {
        List<Image2> slices = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
          Path file = DEMO.resolve(contrast.name()).resolve("IM%04d.dcm".formatted(8 + i + n));
          slices.add(new StudyLoader().loadSeries(file, contrast).volume().slice(0));
        }
        NiftiWriter.write(
            study.resolve(contrast.name() + ".nii.gz"), NiftiImage.of(slices, AFFINE, 1));
      }
    }
    Path broken = Files.createDirectories(archive.resolve("broken"));
    Files.write(broken.resolve("T2.nii"), new byte[400]);
  }

  /** As spark-submit sets it, for a cluster of processes on this machine. */
  @BeforeEach
  void aCluster() throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    configuration =
        Map.of(
            "spark.master", "local-cluster[2,1,1024]",
            "spark.ui.enabled", "false",
            "spark.driver.host", "127.0.0.1",
            "spark.executor.extraClassPath", System.getProperty("java.class.path"),
            "spark.executorEnv.JAVA_HOME", System.getProperty("java.home"),
            "spark.extraListeners", LostTasks.class.getName(),
            "spark.scheduler.minRegisteredResourcesRatio", "1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime", "600s");
    configuration.forEach(System::setProperty);
  }

  @AfterEach
  void noCluster() {
    configuration.keySet().forEach(System::clearProperty);
  }

  /** The archive holds one file that is none, so the command says that it read not all. */
  private void batch(BatchExecutor executor, Path out) {
    String[] arguments = {archive.toString(), "--out", out.toString(), "--aligned"};
    assertEquals(3, SrCli.run(new BatchCommand(executor), arguments));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** Everything that is in a folder of outputs, times left out. */
  private static Map<String, byte[]> contents(Path out) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".json")) {
          JsonNode node = json(file);
          ((ObjectNode) node).remove("seconds");
          node.path("items").forEach(item -> ((ObjectNode) item).remove("seconds"));
          bytes = node.toString().getBytes(StandardCharsets.UTF_8);
        }
        contents.put(out.relativize(file).toString(), bytes);
      }
    }
    return contents;
  }

  /** Executors are this process's only children. */
  private static ProcessHandle killOne() {
    List<ProcessHandle> executors = ProcessHandle.current().children().toList();
    assertEquals(2, executors.size());
    ProcessHandle killed = executors.get(0);
    assertTrue(killed.destroyForcibly());
    return killed;
  }

  @Test
  void aClusterThatLosesAnExecutorMakesWhatOneProcessMakes() throws IOException {
    Path alone = folder.resolve("alone");
    batch(new LocalBatch(), alone);
    assertEquals(NIFTI_STUDIES + 1, json(alone.resolve("report.json")).path("written").asInt());

    Path together = folder.resolve("together");
    List<ProcessHandle> killed = new ArrayList<>();
    LostTasks.COUNT.set(0);
    batch(
        (job, studies, progress) ->
            new SparkExecutor()
                .run(
                    job,
                    studies,
                    (study, items) -> {
                      if (killed.isEmpty()) {
                        killed.add(killOne());
                      }
                      progress.done(study, items);
                    }),
        together);
    assertFalse(killed.get(0).isAlive());
    assertTrue(LostTasks.COUNT.get() > 0);
    Map<String, byte[]> expected = contents(alone);
    Map<String, byte[]> made = contents(together);
    assertEquals(expected.keySet(), made.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, made.get(name), name));

    batch(new SparkExecutor(), together);
    JsonNode report = json(together.resolve("report.json"));
    assertEquals(NIFTI_STUDIES + 1, report.path("skipped").asInt());
    assertEquals(0, report.path("written").asInt());
    assertEquals(1, report.path("failed").asInt());
  }

  @Test
  void withoutAClusterItSaysSo() {
    System.clearProperty("spark.master");
    String[] arguments = {archive.toString(), "--out", folder.resolve("none").toString()};
    assertEquals(4, SrCli.run(new BatchCommand(new SparkExecutor()), arguments));
  }
}
