package org.loupe.sr.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SmallModel;

@Timeout(120)
class TrainingTest {

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  /** Slices too small for patches at the highest factors. */
  @BeforeEach
  void makeCases() throws IOException {
    for (String name : List.of("one", "two", "kept")) {
      Path path = Files.createDirectories(folder.resolve("data").resolve(name));
      write(path.resolve("T2.nii.gz"), v -> 300 * v);
      write(path.resolve("T1.nii.gz"), v -> 900 - 350 * v);
      write(path.resolve("labels.nii.gz"), v -> Math.min(3, Math.floor(2 * v)));
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

  @Test
  void writesAPackageAndGoesOnFromItsCheckpoints() throws IOException {
    ModelPackage model = train(0.03);
    assertTrue(log.contains("case one: 2 slices, references [T1]"), log::toString);
    assertFalse(log.toString().contains("case kept"), log::toString);
    assertFalse(log.toString().contains("resumed"), log::toString);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      ModelPackage opened = ModelPackage.open(folder.resolve("model"));
      assertEquals(model, opened);
      opened.loadNetwork(manager);
      opened.loadPrior(manager);
    }
    byte[] weights = Files.readAllBytes(folder.resolve("model/sr.params"));

    log.clear();
    train(0.03);
    assertEquals(2, log.stream().filter(line -> line.startsWith("resumed at 0.0 min")).count());
    assertArrayEquals(weights, Files.readAllBytes(folder.resolve("model/sr.params")));

    log.clear();
    train(0.04);
    assertFalse(Arrays.equals(weights, Files.readAllBytes(folder.resolve("model/sr.params"))));
  }

  @Test
  void refusesADamagedCheckpoint() throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve("work")).resolve("prior.checkpoint");
    Files.write(checkpoint, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertFails(checkpoint + " is not a training checkpoint");
    Files.write(checkpoint, new byte[] {1, 2});
    assertFails(checkpoint + " is not a whole training checkpoint");
    Files.delete(checkpoint);

    train(0.001);
    byte[] whole = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(whole, whole.length - 1000));
    assertFails(checkpoint + " is not a whole training checkpoint");
    Files.write(checkpoint, whole);
    Path other = folder.resolve("work/sr.checkpoint");
    IOException e = assertThrows(IOException.class, () -> train(0.001, 16));
    assertEquals(other + " does not fit this network", e.getMessage());
  }

  private void assertFails(String message) {
    assertEquals(message, assertThrows(IOException.class, () -> train(0.001)).getMessage());
  }

  @Test
  void saysThatThereIsNoCase() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Training training = new Training(settings(empty, 0.001, 8), log::add);
    String message = assertThrows(IOException.class, training::run).getMessage();
    assertEquals("no training case (a folder with T2.nii.gz) in " + empty, message);
  }

  private ModelPackage train(double minutes) throws IOException {
    return train(minutes, 8);
  }

  private ModelPackage train(double minutes, int channels) throws IOException {
    return new Training(settings(folder.resolve("data"), minutes, channels), log::add).run();
  }

  private Training.Settings settings(Path data, double minutes, int channels) {
    return new Training.Settings(
        data,
        "kept",
        folder.resolve("work"),
        folder.resolve("model"),
        minutes / 2,
        minutes,
        channels,
        1,
        2,
        1e-3f,
        1,
        0.1,
        List.of(),
        SmallModel.manifest("trained"));
  }
}
